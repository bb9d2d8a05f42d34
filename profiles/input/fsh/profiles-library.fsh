Profile: HomeworkLibraryPlan
Parent: PlanDefinition
Id: homework-library-plan
Title: "Homework library plan"
Description: "A reusable homework plan: an action for each step, with the condition that unlocks it."
* insert OurProfile
* url 1..1
* version 1..1
* title 1..1
* action 1..*
* action.title 1..1
* action.definition[x] 1..1
* action.definition[x] only canonical
* action.definition[x] obeys hw-pinned

Profile: HomeworkLibraryStep
Parent: ActivityDefinition
Id: homework-library-step
Title: "Homework library step"
Description: "One step of a library plan; applying it makes an assignment's Task."
* insert OurProfile
* url 1..1
* version 1..1
* title 1..1
* kind 1..1
* kind = #Task
* code 1..1

Profile: HomeworkQuestionnaire
Parent: Questionnaire
Id: homework-questionnaire
Title: "Homework questionnaire"
Description: "What a patient logs for one kind of homework."
* insert OurProfile
* url 1..1
* version 1..1
* title 1..1
* subjectType 1..1
* subjectType = #Patient
* item 1..*

Profile: HomeworkOwnForm
Parent: HomeworkQuestionnaire
Id: homework-own-form
Title: "Form of a plan's own"
Description: "The form of one step of one patient's plan: a version of a homework questionnaire with what the plan names for itself in it. It is whole, so that any form filler can show it, and nobody else's."
* insert OurProfile
* insert OurIdentifier(form)
* derivedFrom 1..1
* derivedFrom obeys hw-pinned
* extension contains FormPatient named patient 1..1
