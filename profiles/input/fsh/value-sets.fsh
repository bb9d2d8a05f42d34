RuleSet: OurValueSet
* ^experimental = false
* ^publisher = "Intersession"

ValueSet: HomeworkKindVS
Id: homework-kind
Title: "Kinds of homework"
Description: "Every kind of homework."
* insert OurValueSet
* include codes from system $kind

ValueSet: AssignmentBusinessStatusVS
Id: assignment-business-status
Title: "Business statuses of an assignment"
Description: "Where an assignment may stand."
* insert OurValueSet
* $business-status#locked
* $business-status#assigned
* $business-status#seen
* $business-status#agreed
* $business-status#logging
* $business-status#declined
* $business-status#stopped-by-patient
* $business-status#paused
* $business-status#done
* $business-status#overdue
* $business-status#missed
* $business-status#late
* $business-status#withdrawn
* $business-status#not-reached
* $business-status#mistake

ValueSet: OccurrenceBusinessStatusVS
Id: occurrence-business-status
Title: "Business statuses of an occurrence"
Description: "Where an occurrence may stand."
* insert OurValueSet
* $business-status#due
* $business-status#overdue
* $business-status#done
* $business-status#late
* $business-status#missed
* $business-status#excused
* $business-status#paused

ValueSet: BarrierVS
Id: barrier
Title: "Barriers to homework"
Description: "Every barrier to homework."
* insert OurValueSet
* include codes from system $barrier

ValueSet: MeasureVS
Id: measure
Title: "Measures in homework logs"
Description: "Every measure of ours; standard questionnaires have codes of their own."
* insert OurValueSet
* include codes from system $measure

ValueSet: ScheduleTypeVS
Id: schedule-type
Title: "Types of homework schedules"
Description: "How an assignment recurs."
* insert OurValueSet
* include codes from system $schedule-type

ValueSet: UnlockTypeVS
Id: unlock-type
Title: "Types of unlock rules"
Description: "What an unlock rule waits for."
* insert OurValueSet
* $unlocking#at-start
* $unlocking#by-clinician
* $unlocking#on-date
* $unlocking#after
* $unlocking#all
* $unlocking#any

ValueSet: UnlockPartTypeVS
Id: unlock-part-type
Title: "Types of parts of joined unlock rules"
Description: "What a part of a joined unlock rule waits for."
* insert OurValueSet
* $unlocking#on-date
* $unlocking#after

ValueSet: UnlockCriterionVS
Id: unlock-criterion
Title: "Criteria of unlock rules"
Description: "What must hold of the earlier step."
* insert OurValueSet
* $unlocking#logs-done
* $unlocking#behaviour-done
* $unlocking#measure-reached
* $unlocking#measure-fell
* $unlocking#fell-within-log
* $unlocking#prediction-not-true
* $unlocking#in-a-row
* $unlocking#mean-of-days
* $unlocking#quota-kept
* $unlocking#score-reached
* $unlocking#score-changed
* $unlocking#clinician-approves

ValueSet: LogResolutionVS
Id: log-resolution
Title: "How logs are tied to assignments"
Description: "Every way in which a log is tied to its assignment."
* insert OurValueSet
* include codes from system $log-resolution

ValueSet: ArtefactVS
Id: artefact
Title: "Artefacts of homework"
Description: "Every artefact that may reach a medical record."
* insert OurValueSet
* include codes from system $artefact

ValueSet: FeedbackCategoryVS
Id: feedback-category
Title: "Categories of messages about homework"
Description: "Who tells whom."
* insert OurValueSet
* $homework#homework-feedback
* $homework#homework-reply

ValueSet: SafetyRuleVS
Id: safety-rule
Title: "Rules of safety signals"
Description: "Every rule by which a safety signal is raised."
* insert OurValueSet
* include codes from system $safety-rule

ValueSet: ToldActivityVS
Id: told-activity
Title: "What a source system did"
Description: "It made something, or changed it."
* insert OurValueSet
* $data-operation#CREATE
* $data-operation#UPDATE
