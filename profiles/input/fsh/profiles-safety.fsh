Invariant: hws-1
Description: "A signal that is not active was closed by a person, with a reason."
Severity: #error
Expression: "(status = 'inactive') = extension.where(url = 'https://intersession.dev/fhir/StructureDefinition/safety-closed').exists()"

Invariant: hws-2
Description: "A completed review has an end and says why."
Severity: #error
Expression: "status = 'completed' implies (executionPeriod.end.exists() and statusReason.text.exists())"

Profile: SafetySignalFlag
Parent: Flag
Id: safety-signal-flag
Title: "Safety signal"
Description: "A worry about a patient's safety. It is active until a person closes it with a reason; evidence is added to the one that is open."
* insert OurProfile
* obeys hws-1
* text 1..1
* extension contains
    $flag-detail named detail 0..* and
    SafetySignalContext named signal 1..1 and
    SafetyEvidence named evidence 1..* and
    SafetyClosed named closed 0..1
* insert OurIdentifier(safety)
* insert SlicedByPattern(category, $this)
* category contains safety 1..1
* category[safety] = $flag-category#safety
* code from SafetyRuleVS (required)
* subject only Reference(Patient)
* period 1..1
* period.start 1..1
* author 1..1

Profile: SafetyReview
Parent: Task
Id: safety-review
Title: "Review of a safety signal"
Description: "What the care team is to do about a safety signal, now. Completed when a person closes the signal."
* insert OurProfile
* obeys hws-2
* insert OurIdentifier(safety-review)
* intent = #order
* priority 1..1
* priority = #urgent
* code 1..1
* code = $homework#safety-review
* focus 1..1
* focus only Reference(Flag)
* for 1..1
* for only Reference(Patient)
* executionPeriod 1..1
* executionPeriod.start 1..1
* authoredOn 1..1
* lastModified 1..1
* requester 1..1
* owner 1..1
* owner only Reference(CareTeam)

Profile: SafetyMessage
Parent: Communication
Id: safety-message
Title: "Message about a safety signal"
Description: "Tells the care team that a safety signal was raised, and nothing of what was answered."
* insert OurProfile
* insert OurIdentifier(safety-message)
* category 1..1
* category = $homework#safety-message
* priority 1..1
* priority = #urgent
* subject 1..1
* subject only Reference(Patient)
* sent 1..1
* recipient 1..*
* sender 1..1
* payload 1..1
* payload.content[x] only string

Profile: SafetyNote
Parent: DocumentReference
Id: safety-note
Title: "Note about a safety signal"
Description: "A safety signal as a plain-text clinical note with a marker line at its end, filed at once and signed by nobody."
* insert OurProfile
* extension contains ReportVersion named version 1..1
* insert OurIdentifier(safety-note)
* docStatus 1..1
* docStatus = #preliminary
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
