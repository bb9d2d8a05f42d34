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

Invariant: hwr-1
Description: "The first content of a report is its plain text"
Expression: "content.first().attachment.contentType = 'text/plain'"
Severity: #error

Invariant: hwr-2
Description: "A final report says who signed it, and a draft is signed by nobody"
Expression: "(docStatus = 'final') = authenticator.exists()"
Severity: #error

Profile: HomeworkReport
Parent: DocumentReference
Id: homework-report
Title: "Between-session report"
Description: "What happened between two visits, as a clinical note: plain text with a marker line at its end, and the same as XHTML. A draft until a clinician signs it. An addendum appends to the report of whose time something came later."
* insert OurProfile
* extension contains
    ReportPlan named plan 1..1 and
    ReportVersion named version 1..1 and
    ReportMember named member 0..* and
    ReportWords named words 0..*
* insert OurIdentifier(report)
* obeys hwr-1 and hwr-2
* docStatus 1..1
* type 1..1
* insert SlicedByPattern(category, $this)
* category contains clinicalNote 1..1
* category[clinicalNote] = $document-category#clinical-note
* subject 1..1
* subject only Reference(Patient)
* date 1..1
* author 1..*
* relatesTo 0..1
* relatesTo.code = #appends
* content 1..2
* insert SlicedByPattern(content, attachment.contentType)
* content contains plainText 1..1 and xhtml 0..1
* content[plainText].attachment.contentType = #text/plain
* content[xhtml].attachment.contentType = #application/xhtml+xml
* content.attachment.contentType 1..1
* content.attachment.data 1..1
* content.attachment.size 1..1
* content.attachment.hash 1..1
* context 1..1
* context.period 1..1
* context.period.start 1..1
* context.period.end 1..1
