Invariant: hwl-1
Description: "A log that is tied to an occurrence, in time or late, names it."
Severity: #error
Expression: "extension.where(url = 'https://intersession.dev/fhir/StructureDefinition/log-context').extension.where(url = 'resolution' and (value = 'resolved' or value = 'late')).exists() implies extension.where(url = 'https://intersession.dev/fhir/StructureDefinition/log-context').extension.where(url = 'task').exists()"

Invariant: hwd-1
Description: "Adherence has a value, or says why it has none."
Severity: #error
Expression: "value.exists() xor dataAbsentReason.exists()"

Invariant: hwd-2
Description: "Expected is the sum of done on time, done late, missed and still open."
Severity: #error
Expression: "component.where(code.coding.where(system = 'https://intersession.dev/fhir/CodeSystem/adherence' and code = 'expected').exists()).value = component.where(code.coding.where(system = 'https://intersession.dev/fhir/CodeSystem/adherence' and code = 'on-time').exists()).value + component.where(code.coding.where(system = 'https://intersession.dev/fhir/CodeSystem/adherence' and code = 'late').exists()).value + component.where(code.coding.where(system = 'https://intersession.dev/fhir/CodeSystem/adherence' and code = 'missed').exists()).value + component.where(code.coding.where(system = 'https://intersession.dev/fhir/CodeSystem/adherence' and code = 'open').exists()).value"

Profile: HomeworkLog
Parent: QuestionnaireResponse
Id: homework-log
Title: "Homework log"
Description: "What a patient recorded. `authored` is when it was last changed; when it happened is in the log context. Answers that the patient withholds are masked."
* insert OurProfile
* obeys hwl-1
* extension contains LogContext named logContext 1..1
* identifier 1..1
* identifier.system 1..1
* identifier.system = "https://intersession.dev/id/log"
* identifier.value 1..1
* basedOn 1..*
* questionnaire 1..1
* questionnaire obeys hw-pinned
* subject 1..1
* subject only Reference(Patient)
* authored 1..1
* author 1..1
* source 1..1

Invariant: hwm-1
Description: "A measure has a value, parts or members."
Severity: #error
Expression: "value.exists() or component.exists() or hasMember.exists()"

Profile: HomeworkMeasure
Parent: Observation
Id: homework-measure
Title: "Homework measure"
Description: "A rating, a count or a calculated score out of a homework log, extracted by SDC's observation-based extraction. `effective` is when it happened, not when it was written down. One without a value is a panel, or has a part for each of several answers."
* insert OurProfile
* obeys hwm-1
* insert OurIdentifier(measure)
* basedOn 1..*
* insert SlicedByPattern(category, $this)
* category contains survey 1..1
* category[survey] = $observation-category#survey
* code from MeasureVS (extensible)
* subject 1..1
* subject only Reference(Patient)
* effective[x] 1..1
* effective[x] only dateTime
* issued 1..1
* performer 1..*
* derivedFrom 1..*

Profile: HomeworkAdherence
Parent: Observation
Id: homework-adherence
Title: "Homework adherence"
Description: "Done, of what was due so far, of one assignment or of a whole plan. Computed by this service for its organisation; never patient-supplied."
* insert OurProfile
* obeys hwd-1 and hwd-2
* insert OurIdentifier(adherence)
* basedOn 1..*
* insert SlicedByPattern(category, $this)
* category contains therapy 1..1
* category[therapy] = $observation-category#therapy
* code = $homework#homework-adherence
* subject 1..1
* subject only Reference(Patient)
* focus 1..1
* effective[x] 1..1
* effective[x] only Period
* performer 1..*
* value[x] only Quantity
* value[x].value 1..1
* value[x].system 1..1
* value[x].system = "http://unitsofmeasure.org"
* value[x].code 1..1
* value[x].code = #%
* device 1..1
* insert SlicedByPattern(component, code)
* component contains
    expected 1..1 and
    due 1..1 and
    onTime 1..1 and
    late 1..1 and
    missed 1..1 and
    open 1..1 and
    excused 1..1 and
    adHoc 1..1 and
    extra 1..1 and
    onTimeShare 1..1
* insert AdherenceCount(expected, expected)
* insert AdherenceCount(due, due)
* insert AdherenceCount(onTime, on-time)
* insert AdherenceCount(late, late)
* insert AdherenceCount(missed, missed)
* insert AdherenceCount(open, open)
* insert AdherenceCount(excused, excused)
* insert AdherenceCount(adHoc, ad-hoc)
* insert AdherenceCount(extra, extra)
* component[onTimeShare].code = $adherence#on-time-share
* component[onTimeShare].value[x] only Quantity

RuleSet: AdherenceCount(slice, code)
* component[{slice}].code = $adherence#{code}
* component[{slice}].value[x] 1..1
* component[{slice}].value[x] only integer

Profile: HomeworkBarrier
Parent: Observation
Id: homework-barrier
Title: "Barrier to homework"
Description: "What stood in the way of doing homework, and who said it."
* insert OurProfile
* extension contains TalkedOverAt named talkedOverAt 0..1
* insert OurIdentifier(barrier)
* basedOn 1..*
* insert SlicedByPattern(category, $this)
* category contains survey 1..1
* category[survey] = $observation-category#survey
* code = $homework#homework-barrier
* subject 1..1
* subject only Reference(Patient)
* effective[x] 1..1
* effective[x] only dateTime
* performer 1..1
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from BarrierVS (required)
