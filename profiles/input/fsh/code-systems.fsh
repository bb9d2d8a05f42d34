RuleSet: OurCodeSystem
* ^experimental = false
* ^caseSensitive = true
* ^publisher = "Intersession"

CodeSystem: HomeworkCodes
Id: homework
Title: "Homework"
Description: "What a resource of homework is: categories of plans and messages, codes of Tasks and Observations."
* insert OurCodeSystem
* #homework "Homework" "Tasks that a patient does between visits as part of a therapy."
* #homework-assignment "Homework assignment" "A request that the patient do one step of a homework plan."
* #homework-adherence "Homework adherence" "How much of the planned homework was done, of what was due so far."
* #homework-barrier "Barrier to homework" "What stood in the way of doing homework, recorded to be talked over."
* #homework-feedback "Feedback on homework" "What a clinician tells the patient about homework."
* #homework-reply "Patient's message about homework" "What the patient tells the clinician about homework."
* #homework-report "Homework report" "The between-session report, sent as a message where an EHR takes no clinical notes."
* #safety-review "Safety review" "A request that the care team look at a safety signal now."
* #safety-message "Safety message" "Tells the care team that a safety signal was raised."

CodeSystem: HomeworkKinds
Id: homework-kind
Title: "Kinds of homework"
Description: "What sort of exercise an assignment is."
* insert OurCodeSystem
* #self-monitoring "Self-monitoring" "Recording situations, thoughts, feelings and sensations before, during and after an event."
* #thought-record "Thought record" "Examining an automatic thought: evidence for and against, and a balanced thought."
* #behavioural-experiment "Behavioural experiment" "Testing a belief: a prediction before, the actual outcome after."
* #graded-exposure "Graded exposure" "Meeting a feared situation step by step, rating distress."
* #behavioural-activation "Behavioural activation" "Scheduling and doing activities, rating pleasure, mastery and mood."
* #relaxation-practice "Relaxation or mindfulness practice" "Practising a technique, rating tension before and after."
* #communication-practice "Communication practice" "Practising to speak up or to assert oneself, and what came back."
* #diary-card "Skills diary card" "A day's emotions, urges, actions and the skills that were used."
* #structured-writing "Structured writing" "Writing about an event for a set time, rating distress."
* #psychoeducation "Psychoeducation" "Reading, hearing or watching material, and what is taken from it."
* #activity-pacing "Activity pacing" "Planned against actual minutes of activity with chronic pain."
* #self-talk "Self-talk practice" "Using a self-talk statement in a situation, rating anxiety before and after."
* #relapse-prevention "Relapse prevention" "Practising a skill in varied contexts, watching for warning signs."
* #outcome-measure "Outcome measure" "Answering a standard questionnaire."

CodeSystem: BusinessStatuses
Id: business-status
Title: "Business statuses of homework"
Description: "Where an assignment or an occurrence stands, more exactly than the Task's status. Missed, late, excused, declined, stopped and withdrawn are different for ever."
* insert OurCodeSystem
* #locked "Locked" "Planned; not yet open to the patient."
* #assigned "Assigned" "Open to the patient."
* #seen "Seen" "The patient has seen it."
* #agreed "Agreed" "The patient has agreed to it."
* #logging "Logging" "The patient has begun to log."
* #declined "Declined" "The patient declined before any log."
* #stopped-by-patient "Stopped by the patient" "The patient stopped after having begun."
* #paused "Paused" "Suspended; what falls into the pause isn't counted."
* #done "Done" "The target was reached, or a clinician accepted it as done; of an occurrence: logged on time."
* #overdue "Overdue" "The due time has passed; a log still counts as late."
* #missed "Missed" "The time for late logs has passed, too, and too little was done."
* #late "Late" "Done after the due time; of an assignment: logged after it was missed."
* #withdrawn "Withdrawn" "Taken back by the clinician."
* #not-reached "Not reached" "The plan closed before it was unlocked."
* #mistake "Made by mistake" "It should never have been there."
* #due "Due" "Open, and its due time has not passed."
* #excused "Excused" "Not expected of the patient this time; it isn't counted."

CodeSystem: Barriers
Id: barrier
Title: "Barriers to homework"
Description: "What stood in the way of doing homework."
* insert OurCodeSystem
* #fear "Fear" "The patient was afraid of it."
* #too-hard "Too hard" "The step was too big."
* #forgot "Forgot" "The patient did not think of it."
* #no-time "No time" "There was no time for it."
* #not-understood "Not understood" "It was not clear what to do."
* #no-point-seen "No point seen" "The patient saw no use in it."
* #felt-too-bad "Felt too bad" "The patient felt too ill or too low."
* #practical "Practical obstacle" "The occasion, the place or the means were missing."
* #other "Other" "None of the others; the text says what."

CodeSystem: Measures
Id: measure
Title: "Measures in homework logs"
Description: "What patients rate or count when they log homework. SUDS: subjective units of distress, 0 (none) to 100 (the worst imaginable)."
* insert OurCodeSystem
* #belief-before "Belief strength before" "How strongly the patient holds the belief before, 0 to 100 %."
* #belief-after "Belief strength after" "How strongly the patient holds the belief after, 0 to 100 %."
* #suds-before "SUDS before" "Distress before, 0 to 100."
* #suds-peak "SUDS peak" "The highest distress during the exercise, 0 to 100."
* #suds-after "SUDS after" "Distress after, 0 to 100."
* #self-censored "Times self-censored" "How many times the patient kept back what there was to say."
* #prediction-likelihood "Likelihood of the prediction" "How likely the patient held the prediction to be, 0 to 100 %."
* #exposure-duration "Duration of the exposure" "How long the exposure lasted, in seconds."
* #practice-attempts "Practice attempts" "How many times the patient tried."
* #confidence-before "Confidence before" "How confident the patient was before, 0 to 10."
* #confidence-after "Confidence after" "How confident the patient was after, 0 to 10."

CodeSystem: AdherenceComponents
Id: adherence
Title: "Parts of homework adherence"
Description: "What adherence is counted from: expected = on time + late + missed + still open. Excused, ad hoc and extra stand outside."
* insert OurCodeSystem
* #expected "Expected" "Occurrences that were to be done in the period."
* #due "Due so far" "Of what was expected, the occurrences that came to be due by then: done (on time + late), missed, and overdue."
* #on-time "Done on time" "Occurrences logged by their due time."
* #late "Done late" "Occurrences logged after their due time, within grace."
* #missed "Missed" "Occurrences that were not logged in time nor within grace."
* #open "Still open" "Occurrences neither done nor missed yet."
* #excused "Excused" "Occurrences that a clinician excused."
* #ad-hoc "Logged without an occurrence" "Logs that answered no occurrence."
* #extra "Logged beyond the target" "Logs after the target was reached."
* #on-time-share "Share done on time" "Done on time, of what was due so far, in %."

CodeSystem: TaskInputs
Id: task-input
Title: "Inputs of homework Tasks"
Description: "What an input of an assignment's or an occurrence's Task says."
* insert OurCodeSystem
* #kind "Kind of homework" "Which kind of homework it is."
* #step-number "Step number" "Place in the plan, from 1."
* #step-key "Step key" "The step's short name inside the plan."
* #schedule "Schedule" "A version of the schedule, and when it was in force."
* #named-event "Named event" "The event that the schedule of the same time follows."
* #pause "Pause" "A time in which it was paused."
* #instructions "Instructions" "What to do."
* #rationale "Rationale" "Why it helps."
* #unlock-rule "Unlock rule" "When the step unlocks, in words."
* #late-grace "Late grace" "How long after the due time a log still counts as late."
* #occurrence-number "Occurrence number" "Which of the assignment's occurrences it is, from 1."
* #late-until "Counts as late until" "Until when a log still counts as late."

CodeSystem: ScheduleTypes
Id: schedule-type
Title: "Types of homework schedules"
Description: "How an assignment recurs."
* insert OurCodeSystem
* #event "At the next occasions of an event" "The next times a named event happens inside a window; missed only when the window closes."
* #once "Once, by a day" "Once, by the end of a day."
* #once-within "Once, within so many days of unlocking" "Becomes once, by a day, when the step unlocks."

CodeSystem: Unlocking
Id: unlocking
Title: "Unlocking of homework"
Description: "When a step of a plan unlocks: types of rules, and criteria of the rule 'after'."
* insert OurCodeSystem
* #at-start "At the start" "As soon as the plan is active."
* #by-clinician "By the clinician" "By a clinician, with a reason, and by nothing else."
* #after "After a step" "When a criterion holds of an earlier step."
* #logs-done "Logs done" "The earlier step has so many completed logs."
* #behaviour-done "Behaviour done" "A log of the earlier step says that the behaviour itself was done."
* #measure-reached "Measure reached" "A measure of the earlier step reached a value."
* #measure-fell "Measure fell" "A measure of the earlier step fell by an amount."
* #clinician-approves "Clinician approves" "A clinician approves, after the earlier step."

CodeSystem: LogResolutions
Id: log-resolution
Title: "How logs are tied to assignments"
Description: "Decided once, at logging, and kept."
* insert OurCodeSystem
* #resolved "Resolved" "It answers an occurrence in time."
* #late "Late" "It answers an occurrence after its due time, within grace."
* #ad-hoc "Ad hoc" "It answers no occurrence."
* #extra "Extra" "It came after the target was reached."

CodeSystem: Artefacts
Id: artefact
Title: "Artefacts of homework"
Description: "What may reach a medical record."
* insert OurCodeSystem
* #plan "Plan" "A patient's homework plan."
* #assignment "Assignment" "One step of a plan."
* #occurrence "Occurrence" "One time an assignment is to be done."
* #log "Log" "What the patient recorded."
* #measure "Measure" "A rating or count in a log, or a barrier."
* #adherence "Adherence" "Done, of what was planned."
* #feedback "Feedback" "A message about homework."
* #report "Report" "What happened between two visits, written for the chart."
* #safety "Safety" "A safety signal."

CodeSystem: SafetyRules
Id: safety-rule
Title: "Rules of safety signals"
Description: "What may make someone fear for a patient."
* insert OurCodeSystem
* #self-harm-thoughts "Thoughts of harming oneself" "The patient reports thoughts of harming or killing themself."
* #harm-to-others "Thoughts of harming someone else" "The patient reports thoughts of harming another person."
* #harm-by-others "Harm by another person" "There is reason to think that another person harms or threatens the patient."
* #not-safe-now "Says they are not safe right now" "The patient says that they are not safe at this moment."
* #other-concern "Concern for the patient's safety" "Someone fears for the patient for another reason."
