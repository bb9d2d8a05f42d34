Profile: HomeworkFeedback
Parent: Communication
Id: homework-feedback
Title: "Feedback on homework"
Description: "A message about homework: the clinician's to the patient, or the patient's."
* insert OurProfile
* extension contains ReadAt named readAt 0..1
* insert OurIdentifier(feedback)
* basedOn 1..*
* category 1..1
* category from FeedbackCategoryVS (required)
* subject 1..1
* subject only Reference(Patient)
* sent 1..1
* sender 1..1
* payload 1..1
* payload.content[x] only string

Profile: HomeworkReport
Parent: DocumentReference
Id: homework-report
Title: "Between-session report"
Description: "What happened between two visits, as a plain-text clinical note with a marker line at its end. A draft until a clinician signs it."
* insert OurProfile
* extension contains
    ReportPlan named plan 1..1 and
    ReportVersion named version 1..1 and
    ReportMember named member 0..*
* insert OurIdentifier(report)
* docStatus 1..1
* type 1..1
* insert SlicedByPattern(category, $this)
* category contains clinicalNote 1..1
* category[clinicalNote] = $document-category#clinical-note
* subject 1..1
* subject only Reference(Patient)
* date 1..1
* author 1..*
* content 1..1
* content.attachment.contentType 1..1
* content.attachment.contentType = #text/plain
* content.attachment.data 1..1
* content.attachment.size 1..1
* content.attachment.hash 1..1
* context 1..1
* context.period 1..1
* context.period.start 1..1
* context.period.end 1..1
