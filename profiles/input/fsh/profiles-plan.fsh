RuleSet: OurProfile
* ^publisher = "Intersession"

// One identifier of ours among whatever identifiers a server adds.
RuleSet: OurIdentifier(name)
* identifier 1..*
* identifier ^slicing.discriminator.type = #value
* identifier ^slicing.discriminator.path = "system"
* identifier ^slicing.rules = #open
* identifier contains homework 1..1
* identifier[homework].system 1..1
* identifier[homework].system = "https://intersession.dev/id/{name}"
* identifier[homework].value 1..1

RuleSet: SlicedByPattern(element, path)
* {element} ^slicing.discriminator.type = #pattern
* {element} ^slicing.discriminator.path = "{path}"
* {element} ^slicing.rules = #open

Invariant: hw-pinned
Description: "The canonical names a version: what runs never follows a new version silently."
Severity: #error
Expression: "$this.toString().contains('|')"

Invariant: hwp-1
Description: "Only a plan that has ended says why and when it was closed."
Severity: #error
Expression: "extension.where(url = 'https://intersession.dev/fhir/StructureDefinition/plan-closed').exists() implies (status = 'completed' or status = 'revoked' or status = 'entered-in-error')"

Invariant: hwp-2
Description: "The period's start names the zone in which the patient's days begin and end."
Severity: #error
Expression: "period.start.extension.where(url = 'http://hl7.org/fhir/StructureDefinition/timezone').exists()"

Invariant: hwa-1
Description: "A draft assignment is locked."
Severity: #error
Expression: "status = 'draft' implies businessStatus.coding.where(system = 'https://intersession.dev/fhir/CodeSystem/business-status' and code = 'locked').exists()"

Invariant: hwa-2
Description: "Only a paused assignment says what it was before."
Severity: #error
Expression: "extension.where(url = 'https://intersession.dev/fhir/StructureDefinition/paused-from').exists() implies businessStatus.coding.where(system = 'https://intersession.dev/fhir/CodeSystem/business-status' and code = 'paused').exists()"

Invariant: hwo-1
Description: "A completed occurrence names the response that completed it."
Severity: #error
Expression: "status = 'completed' implies output.exists()"

Invariant: hwo-2
Description: "An excused occurrence says why."
Severity: #error
Expression: "status = 'cancelled' implies statusReason.text.exists()"

Profile: HomeworkPlan
Parent: CarePlan
Id: homework-plan
Title: "Homework plan"
Description: "A patient's homework plan, shaped as US Core's CarePlan: an activity for each assignment's Task. The order of the steps is each Task's step number, not the list's."
* insert OurProfile
* obeys hwp-1 and hwp-2
* language 1..1
* text 1..1
* extension contains PlanClosed named closed 0..1 and DaysOff named daysOff 0..*
* insert OurIdentifier(plan)
* instantiatesCanonical obeys hw-pinned
* intent = #plan
* category 2..*
* insert SlicedByPattern(category, $this)
* category contains assessPlan 1..1 and homework 1..1
* category[assessPlan] = $careplan-category#assess-plan
* category[homework] = $homework#homework
* title 1..1
* subject only Reference(Patient)
* period 1..1
* period.start 1..1
* created 1..1
* activity.reference 1..1
* activity.reference only Reference(Task)
* activity.detail 0..0

Profile: HomeworkAssignment
Parent: Task
Id: homework-assignment
Title: "Homework assignment"
Description: "One step of a homework plan. It names its plan by groupIdentifier; a basedOn to the CarePlan that lists it would make a cycle."
* insert OurProfile
* obeys hwa-1 and hwa-2
* extension contains
    UnlockRule named unlockRule 1..1 and
    UnlockedAt named unlockedAt 0..1 and
    EndedAt named endedAt 0..1 and
    PausedFrom named pausedFrom 0..1 and
    Standing named standing 0..1 and
    AdditionalReason named additionalReason 0..*
* insert OurIdentifier(assignment)
* instantiatesCanonical obeys hw-pinned
* basedOn 0..0
* groupIdentifier 1..1
* groupIdentifier.system 1..1
* groupIdentifier.system = "https://intersession.dev/id/plan"
* groupIdentifier.value 1..1
* businessStatus 1..1
* businessStatus from AssignmentBusinessStatusVS (required)
* intent = #order
* code 1..1
* code = $homework#homework-assignment
* description 1..1
* for 1..1
* for only Reference(Patient)
* authoredOn 1..1
* lastModified 1..1
* requester 1..1
* owner 1..1
* owner only Reference(Patient)
* insert SlicedByPattern(input, type)
* input contains
    kind 1..1 and
    stepNumber 1..1 and
    stepKey 1..1 and
    questionnaire 1..1 and
    schedule 1..* and
    namedEvent 0..* and
    pause 0..* and
    instructions 0..1 and
    rationale 0..1 and
    unlockRule 1..1 and
    lateGrace 1..1
* input[kind].type = $task-input#kind
* input[kind].value[x] only CodeableConcept
* input[kind].value[x] from HomeworkKindVS (required)
* input[stepNumber].type = $task-input#step-number
* input[stepNumber].value[x] only positiveInt
* input[stepKey].type = $task-input#step-key
* input[stepKey].value[x] only string
* input[questionnaire].type = $sdc#questionnaire
* input[questionnaire].value[x] only canonical
* input[questionnaire].value[x] obeys hw-pinned
* input[schedule].type = $task-input#schedule
* input[schedule].extension contains ScheduleInForce named inForce 1..1
* input[schedule].value[x] only Timing
* input[namedEvent].type = $task-input#named-event
* input[namedEvent].extension contains ScheduleInForce named inForce 1..1
* input[namedEvent].value[x] only string
* input[pause].type = $task-input#pause
* input[pause].extension contains PauseReason named reason 0..1
* input[pause].value[x] only Period
* input[instructions].type = $task-input#instructions
* input[instructions].value[x] only markdown
* input[rationale].type = $task-input#rationale
* input[rationale].value[x] only markdown
* input[unlockRule].type = $task-input#unlock-rule
* input[unlockRule].value[x] only string
* input[lateGrace].type = $task-input#late-grace
* input[lateGrace].value[x] only Duration

Profile: HomeworkOccurrence
Parent: Task
Id: homework-occurrence
Title: "Homework occurrence"
Description: "One time an assignment is to be done, shaped as SDC's Task so that any form filler can fill it."
* insert OurProfile
* obeys hwo-1 and hwo-2
* extension contains EndedAt named endedAt 0..1
* insert OurIdentifier(occurrence)
* groupIdentifier 1..1
* groupIdentifier.system 1..1
* groupIdentifier.system = "https://intersession.dev/id/plan"
* groupIdentifier.value 1..1
* partOf 1..1
* partOf only Reference(Task)
* businessStatus 1..1
* businessStatus from OccurrenceBusinessStatusVS (required)
* intent = #order
* code 1..1
* code = $sdc#complete-questionnaire
* for 1..1
* for only Reference(Patient)
* authoredOn 1..1
* lastModified 1..1
* requester 1..1
* owner 1..1
* restriction 1..1
* restriction.period 1..1
* restriction.period.end 1..1
* insert SlicedByPattern(input, type)
* input contains
    questionnaire 1..1 and
    responseEndpoint 1..1 and
    occurrenceNumber 1..1 and
    lateUntil 1..1 and
    homeworkDay 0..1 and
    partOfDay 0..1
* input[questionnaire].type = $sdc#questionnaire
* input[questionnaire].value[x] only canonical
* input[questionnaire].value[x] obeys hw-pinned
* input[responseEndpoint].type = $sdc#response-endpoint
* input[responseEndpoint].value[x] only url
* input[occurrenceNumber].type = $task-input#occurrence-number
* input[occurrenceNumber].value[x] only positiveInt
* input[lateUntil].type = $task-input#late-until
* input[lateUntil].value[x] only dateTime
* input[homeworkDay].type = $task-input#homework-day
* input[homeworkDay].value[x] only date
* input[partOfDay].type = $task-input#part-of-day
* input[partOfDay].value[x] only code
* input[partOfDay].value[x] from http://hl7.org/fhir/ValueSet/event-timing (required)
* insert SlicedByPattern(output, type)
* output contains response 0..1
* output[response].type = $sdc#questionnaire-response
* output[response].value[x] only Reference(QuestionnaireResponse)

Profile: HomeworkGoal
Parent: Goal
Id: homework-goal
Title: "Homework goal"
Description: "What a homework plan works towards, with the measure that shows it."
* insert OurProfile
* extension contains EhrGoal named ehrGoal 0..1
* insert OurIdentifier(goal)
* description.text 1..1
* subject only Reference(Patient)
* target 0..1
* target.detail[x] only Quantity
