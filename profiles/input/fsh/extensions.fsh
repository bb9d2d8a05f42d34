RuleSet: OurExtension
* ^publisher = "Intersession"

Invariant: hwu-1
Description: "A rule of type 'after', alone or as a part, names a step and a criterion, one of type 'on-date' a day, and a joined one at least two parts."
Severity: #error
Expression: "($this | extension.where(url = 'part')).all((extension.where(url = 'type').value = 'after' implies (extension.where(url = 'after').exists() and extension.where(url = 'criterion').exists())) and (extension.where(url = 'type').value = 'on-date' implies extension.where(url = 'date').exists())) and (extension.where(url = 'type' and (value = 'all' or value = 'any')).exists() implies extension.where(url = 'part').count() > 1)"

Extension: PlanClosed
Id: plan-closed
Title: "Plan closed"
Description: "When and why a homework plan was closed."
Context: CarePlan
* insert OurExtension
* extension contains reason 0..1 and at 0..1
* extension[reason].value[x] only string
* extension[at].value[x] only dateTime

Extension: EhrGoal
Id: ehr-goal
Title: "Goal in the EHR"
Description: "The same goal in the EHR's own record, relative to its FHIR base. A uri, because a relative Reference would be read as one to a Goal of this service."
Context: Goal
* insert OurExtension
* value[x] only uri

Extension: UnlockRule
Id: unlock-rule
Title: "Unlock rule"
Description: "When a step of a plan unlocks, for software; the Task's input of the same name says it in words."
Context: Task, PlanDefinition.action
* insert OurExtension
* obeys hwu-1
* extension contains
    type 1..1 and
    after 0..1 and
    date 0..1 and
    criterion 0..1 and
    count 0..1 and
    linkId 0..1 and
    otherLinkId 0..1 and
    comparator 0..1 and
    value 0..1 and
    by 0..1 and
    direction 0..1 and
    fromPercent 0..1 and
    toPercent 0..1 and
    days 0..1 and
    atLeast 0..1 and
    of 0..1 and
    part 0..*
* extension[type].value[x] only code
* extension[type].value[x] from UnlockTypeVS (required)
* extension[after].value[x] only string
* extension[after].value[x] ^short = "Key of the earlier step"
* extension[date].value[x] only date
* extension[date].value[x] ^short = "The first of the patient's homework days on which it may open"
* extension[criterion].value[x] only code
* extension[criterion].value[x] from UnlockCriterionVS (required)
* extension[count].value[x] only positiveInt
* extension[linkId].value[x] only string
* extension[linkId].value[x] ^short = "The question or score; the peak, or what was planned, where there are two"
* extension[otherLinkId].value[x] only string
* extension[otherLinkId].value[x] ^short = "The question after the peak, or what was done of what was planned"
* extension[comparator].value[x] only code
* extension[comparator].value[x] from http://hl7.org/fhir/ValueSet/quantity-comparator (required)
* extension[value].value[x] only decimal
* extension[by].value[x] only decimal
* extension[direction].value[x] only code
* extension[direction].value[x] ^short = "down | up"
* extension[fromPercent].value[x] only decimal
* extension[toPercent].value[x] only decimal
* extension[days].value[x] only positiveInt
* extension[atLeast].value[x] only positiveInt
* extension[atLeast].value[x] ^short = "Days that must have a reading"
* extension[of].value[x] only positiveInt
* extension[of].value[x] ^short = "Days that are looked at"
* extension[part] ^short = "One of the rules that a joined rule is made of"
* extension[part].extension contains
    type 1..1 and
    after 0..1 and
    date 0..1 and
    criterion 0..1 and
    count 0..1 and
    linkId 0..1 and
    otherLinkId 0..1 and
    comparator 0..1 and
    value 0..1 and
    by 0..1 and
    direction 0..1 and
    fromPercent 0..1 and
    toPercent 0..1 and
    days 0..1 and
    atLeast 0..1 and
    of 0..1
* extension[part].extension ^slicing.rules = #closed
* extension[part].extension[type].value[x] only code
* extension[part].extension[type].value[x] from UnlockPartTypeVS (required)
* extension[part].extension[after].value[x] only string
* extension[part].extension[after].value[x] ^short = "Key of the earlier step"
* extension[part].extension[date].value[x] only date
* extension[part].extension[date].value[x] ^short = "The first of the patient's homework days on which it may open"
* extension[part].extension[criterion].value[x] only code
* extension[part].extension[criterion].value[x] from UnlockCriterionVS (required)
* extension[part].extension[count].value[x] only positiveInt
* extension[part].extension[linkId].value[x] only string
* extension[part].extension[linkId].value[x] ^short = "The question or score; the peak, or what was planned, where there are two"
* extension[part].extension[otherLinkId].value[x] only string
* extension[part].extension[otherLinkId].value[x] ^short = "The question after the peak, or what was done of what was planned"
* extension[part].extension[comparator].value[x] only code
* extension[part].extension[comparator].value[x] from http://hl7.org/fhir/ValueSet/quantity-comparator (required)
* extension[part].extension[value].value[x] only decimal
* extension[part].extension[by].value[x] only decimal
* extension[part].extension[direction].value[x] only code
* extension[part].extension[direction].value[x] ^short = "down | up"
* extension[part].extension[fromPercent].value[x] only decimal
* extension[part].extension[toPercent].value[x] only decimal
* extension[part].extension[days].value[x] only positiveInt
* extension[part].extension[atLeast].value[x] only positiveInt
* extension[part].extension[atLeast].value[x] ^short = "Days that must have a reading"
* extension[part].extension[of].value[x] only positiveInt
* extension[part].extension[of].value[x] ^short = "Days that are looked at"

Extension: UnlockedAt
Id: unlocked-at
Title: "Unlocked at"
Description: "When an assignment was opened to the patient."
Context: Task
* insert OurExtension
* value[x] only dateTime

Extension: EndedAt
Id: ended-at
Title: "Ended at"
Description: "When an assignment or an occurrence came to its end."
Context: Task
* insert OurExtension
* value[x] only dateTime

Extension: PausedFrom
Id: paused-from
Title: "Paused from"
Description: "The business status that resuming restores."
Context: Task
* insert OurExtension
* value[x] only code
* value[x] from AssignmentBusinessStatusVS (required)

Extension: AdditionalReason
Id: additional-reason
Title: "Additional reason"
Description: "A further reason for an assignment; R4's Task has room for one."
Context: Task
* insert OurExtension
* value[x] only Reference

Extension: ScheduleInForce
Id: schedule-in-force
Title: "Schedule in force"
Description: "When this version of an assignment's schedule was in force; the present one has no end."
Context: Task.input
* insert OurExtension
* value[x] only Period

Invariant: hwsd-1
Description: "Which weeks and which days of them are said together."
Severity: #error
Expression: "extension.where(url = 'everyWeeks').exists() = extension.where(url = 'onDays').exists()"

Extension: ScheduleDetail
Id: schedule-detail
Title: "Detail of a schedule"
Description: "What of a homework schedule a Timing has no word for. `everyWeeks`: of so many weeks one, counted from the week of the first day, on the days and at the parts of them that `onDays` names; R4 lets no period stand beside dayOfWeek. `ends`: until the next visit. `enough`: so many of a week are good enough; it changes no count."
Context: Timing
* insert OurExtension
* obeys hwsd-1
* extension contains
    everyWeeks 0..1 and
    onDays 0..1 and
    ends 0..1 and
    enough 0..1
* extension[everyWeeks].value[x] only positiveInt
* extension[onDays].value[x] only Timing
* extension[ends].value[x] only code
* extension[ends].valueCode = #next-visit
* extension[enough].value[x] only positiveInt

Extension: Standing
Id: standing
Title: "Standing step"
Description: "The step stands beside the ladder: it is open from the plan's start to its end, and neither locks nor is locked."
Context: Task, PlanDefinition.action
* insert OurExtension
* value[x] 1..1
* value[x] only boolean
* valueBoolean = true

Extension: DaysOff
Id: days-off
Title: "Days off"
Description: "From a day to a day, both of them off: nothing of a series is asked of the patient then. A holiday, a stay in hospital."
Context: CarePlan
* insert OurExtension
* extension contains period 1..1 and reason 0..1
* extension[period].value[x] only Period
* extension[period].valuePeriod.start 1..1
* extension[period].valuePeriod.end 1..1
* extension[reason].value[x] only string

Extension: PauseReason
Id: pause-reason
Title: "Reason of a pause"
Description: "Why an assignment was paused."
Context: Task.input
* insert OurExtension
* value[x] only string

Extension: LogContext
Id: log-context
Title: "Log context"
Description: "How a log is tied to its assignment, and when it happened. linkIds under `withheld` are those whose answers the patient does not share; those under `predicted` were written down before any outcome, and stand as they are since `predictedAt`."
Context: QuestionnaireResponse
* insert OurExtension
* extension contains
    assignment 1..1 and
    task 0..1 and
    resolution 1..1 and
    performedAt 0..1 and
    predictedAt 0..1 and
    predicted 0..* and
    withheld 0..*
* extension[assignment].value[x] only Reference(Task)
* extension[task].value[x] only Reference(Task)
* extension[resolution].value[x] only code
* extension[resolution].value[x] from LogResolutionVS (required)
* extension[performedAt].value[x] only dateTime
* extension[predictedAt].value[x] only dateTime
* extension[predicted].value[x] only string
* extension[withheld].value[x] only string

Extension: TalkedOverAt
Id: talked-over-at
Title: "Talked over at"
Description: "When a barrier was talked over with the patient."
Context: Observation
* insert OurExtension
* value[x] only dateTime

Extension: ReadAt
Id: read-at
Title: "Read at"
Description: "When a message was read; `received` is when it was delivered."
Context: Communication
* insert OurExtension
* value[x] only dateTime

Extension: ReportPlan
Id: report-plan
Title: "Plan of a report"
Description: "Identifier of the homework plan that a report speaks of; few EHRs hold the plan itself."
Context: DocumentReference
* insert OurExtension
* value[x] only Identifier

Extension: ReportVersion
Id: report-version
Title: "Version of a report"
Description: "The report's own version; its marker line names it, too."
Context: DocumentReference
* insert OurExtension
* value[x] only positiveInt

Extension: ReportMember
Id: report-member
Title: "Member of a report"
Description: "An artefact that a report speaks of, at the version it speaks of."
Context: DocumentReference
* insert OurExtension
* extension contains artefact 1..1 and id 1..1 and version 1..1
* extension[artefact].value[x] only code
* extension[artefact].value[x] from ArtefactVS (required)
* extension[id].value[x] only string
* extension[version].value[x] only positiveInt

Extension: ReportWords
Id: report-words
Title: "A clinician's own words in a report"
Description: "What a clinician wrote into a report before it was filed, in place of one of its sections or as a paragraph of their own. The rest of the report is made from the homework record."
Context: DocumentReference
* insert OurExtension
* extension contains author 1..1 and about 0..1 and text 1..1
* extension[author].value[x] only Reference(Practitioner or PractitionerRole)
* extension[about].value[x] only string
* extension[text].value[x] only string

Extension: SafetySignalContext
Id: safety-signal
Title: "Safety signal"
Description: "In which plan a signal was first noticed, which one of its rule it is for this patient, and how often it has changed."
Context: Flag
* insert OurExtension
* extension contains plan 1..1 and ordinal 1..1 and version 1..1
* extension[plan].value[x] only Identifier
* extension[ordinal].value[x] only positiveInt
* extension[version].value[x] only positiveInt

Extension: SafetyEvidence
Id: safety-evidence
Title: "Evidence of a safety signal"
Description: "One thing that speaks for a signal: when, by whom, in which log, by which answer. `by` is the code patient, a person, or a source system's client id; with `via`, whom that source system named. Without `value`, the patient does not share the answer, or nothing was answered. `text` is what whoever reported it wrote of it; it is never of a log."
Context: Flag
* insert OurExtension
* extension contains
    number 1..1 and
    at 1..1 and
    by 1..1 and
    via 0..1 and
    plan 0..1 and
    log 0..1 and
    linkId 0..1 and
    value 0..1 and
    text 0..1
* extension[number].value[x] only positiveInt
* extension[at].value[x] only dateTime
* extension[by].value[x] only code or string or Reference
* extension[via].value[x] only string
* extension[via].value[x] ^short = "Client id of the source system that told it"
* extension[plan].value[x] only Identifier
* extension[log].value[x] only Identifier
* extension[linkId].value[x] only string
* extension[value].value[x] only boolean or decimal or code
* extension[text].value[x] only string

Extension: SafetyClosed
Id: safety-closed
Title: "Safety signal closed"
Description: "When, by whom and why a signal was closed."
Context: Flag
* insert OurExtension
* extension contains at 1..1 and by 1..1 and reason 1..1 and via 0..1
* extension[at].value[x] only dateTime
* extension[by].value[x] only Reference
* extension[via].value[x] only string
* extension[reason].value[x] only string

Extension: ProvenancePatient
Id: provenance-patient
Title: "Patient of a provenance"
Description: "Whose homework a Provenance tells of. R4's Provenance names no patient; R5's element of the same name does."
Context: Provenance
* insert OurExtension
* value[x] 1..1
* value[x] only Reference(Patient)

Extension: FormPatient
Id: form-patient
Title: "Patient of a form"
Description: "In whose plan a Questionnaire is a form of the plan's own: it names what is this patient's alone. R4's Questionnaire has no subject, and such a form is nobody else's."
Context: Questionnaire
* insert OurExtension
* value[x] 1..1
* value[x] only Reference(Patient)

Extension: OwnName
Id: own-name
Title: "Own name"
Description: "Which of a plan's own names an item of its form asks about: the target of a diary card, the warning sign. What is measured by it bears the name in its text, as one code is measured for several."
Context: Questionnaire.item
* insert OurExtension
* value[x] 1..1
* value[x] only string

Extension: RecordRow
Id: record-row
Title: "Record row"
Description: "What the homework record keeps of a thing beside what it says. It stands in the service's own export only, so that the record can be had back from it: no EHR and no endpoint is sent it."
Context: CarePlan, Task, QuestionnaireResponse, Observation, Communication, DocumentReference, Flag
* insert OurExtension
* extension contains
    version 0..1 and
    updatedAt 0..1 and
    madeBy 0..1 and
    changedBy 0..1 and
    via 0..1 and
    told 0..1 and
    moved 0..1 and
    unlocked 0..1 and
    talkedOver 0..1 and
    unsent 0..1 and
    timeOpen 0..1 and
    others 0..1 and
    writtenBy 0..1 and
    revisedBy 0..1 and
    reportContent 0..1 and
    redesigned 0..1 and
    forms 0..1 and
    words 0..1 and
    superseded 0..1 and
    owner 0..* and
    shownTo 0..1 and
    change 0..* and
    sourceKey 0..* and
    withdrawn 0..1
* extension[version].value[x] only positiveInt
* extension[version].value[x] ^short = "How often it was saved"
* extension[updatedAt].value[x] only instant
* extension[madeBy].value[x] only string
* extension[madeBy].value[x] ^short = "Who made it, as the service knew them: source:<client id>, user:<reference>, form:<occurrence>, service, unknown"
* extension[changedBy].value[x] only string
* extension[via].value[x] only string
* extension[via].value[x] ^short = "Client id of the source system that sent it"
* extension[told].extension contains at 1..1 and as 1..1
* extension[told].extension ^slicing.rules = #closed
* extension[told].extension[at].value[x] only instant
* extension[told].extension[as].value[x] only code
* extension[moved].extension contains event 1..1 and at 1..1 and via 1..1 and by 0..1
* extension[moved].extension ^slicing.rules = #closed
* extension[moved].extension[event].value[x] only string
* extension[moved].extension[at].value[x] only instant
* extension[moved].extension[via].value[x] only string
* extension[moved].extension[by].value[x] only string
* extension[unlocked].extension contains at 1..1 and by 0..1 and reason 0..1
* extension[unlocked].extension ^slicing.rules = #closed
* extension[unlocked].extension[at].value[x] only instant
* extension[unlocked].extension[by].value[x] only string
* extension[unlocked].extension[reason].value[x] only string
* extension[talkedOver].extension contains by 0..1 and via 0..1
* extension[talkedOver].extension ^slicing.rules = #closed
* extension[talkedOver].extension[by].value[x] only string
* extension[talkedOver].extension[via].value[x] only string
* extension[unsent].value[x] only boolean
* extension[unsent].value[x] ^short = "A log that ended before its writer sent it"
* extension[timeOpen].value[x] only boolean
* extension[timeOpen].value[x] ^short = "A draft whose writer has not said yet when it happened"
* extension[others].value[x] only base64Binary
* extension[others].value[x] ^short = "What was written of a draft in another place and waits for its writer's choice, JSON"
* extension[writtenBy].value[x] only string
* extension[writtenBy].value[x] ^short = "Who wrote the log"
* extension[revisedBy].value[x] only string
* extension[reportContent].value[x] only base64Binary
* extension[reportContent].value[x] ^short = "The report as data, JSON"
* extension[redesigned].value[x] only base64Binary
* extension[redesigned].value[x] ^short = "What was changed of a plan or a step while it ran, as data, JSON"
* extension[forms].value[x] only base64Binary
* extension[forms].value[x] ^short = "The forms of its own that a step has asked for, as data, JSON"
* extension[words].value[x] only unsignedInt
* extension[words].value[x] ^short = "After how many changes of its step an occurrence has the words it has"
* extension[superseded].value[x] only boolean
* extension[superseded].value[x] ^short = "An occurrence in place of which the step was given another"
* extension[owner].value[x] only string
* extension[owner].value[x] ^short = "Whose plans and reports a safety signal rests on"
* extension[shownTo].value[x] only string
* extension[shownTo].value[x] ^short = "The one source system that is shown the signal's resources"
* extension[change].extension contains version 1..1 and at 1..1 and actor 1..1 and session 0..1
* extension[change].extension ^slicing.rules = #closed
* extension[change].extension[version].value[x] only positiveInt
* extension[change].extension[at].value[x] only instant
* extension[change].extension[actor].value[x] only string
* extension[change].extension[session].value[x] only string
* extension[sourceKey].extension contains client 0..1 and operation 1..1 and id 1..1 and digest 1..1 and at 1..1
* extension[sourceKey].extension ^slicing.rules = #closed
* extension[sourceKey].extension[client].value[x] only string
* extension[sourceKey].extension[operation].value[x] only string
* extension[sourceKey].extension[id].value[x] only string
* extension[sourceKey].extension[digest].value[x] only string
* extension[sourceKey].extension[at].value[x] only instant
* extension[withdrawn].value[x] only string
* extension[withdrawn].value[x] ^short = "Why a person decided that it shall not stand in the EHR"

Extension: AlsoRead
Id: also-read
Title: "Also read"
Description: "Another code that means this option, as older exports of the form have it. An answer with that code is kept as this option."
Context: Coding
* insert OurExtension
* value[x] only Coding
* value[x].system 1..1
* value[x].code 1..1

Extension: ReadingOffset
Id: reading-offset
Title: "Time of a reading"
Description: "The answer to this item, which stands in a repeating group, says when what else is answered in that repetition was measured: as a time after the beginning (minutes, unless its unit says otherwise) or as a moment."
Context: Questionnaire.item
* insert OurExtension
* value[x] only boolean
