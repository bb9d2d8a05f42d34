Invariant: hwt-1
Description: "A clinician or a system acts on somebody's behalf"
Severity: #error
Expression: "agent.where(who.type = 'Device' or who.reference.startsWith('Practitioner')).all(onBehalfOf.exists())"

Profile: HomeworkProvenance
Parent: Provenance
Id: homework-provenance
Title: "Who told it"
Description: "That a source system sent something, and whom it named: the author is the person as that system stated it, the assembler is the system itself, by its client id. Nobody has signed in as the author."
* insert OurProfile
* obeys hwt-1
* extension contains ProvenancePatient named patient 1..1
* target 1..1
* recorded 1..1
* activity 1..1
* activity from ToldActivityVS (required)
* agent 1..2
* agent.type 1..1
* insert SlicedByPattern(agent, type)
* agent contains author 0..1 and assembler 1..1
* agent[author].type = $provenance-participant#author
* agent[assembler].type = $provenance-participant#assembler
* agent[assembler].who only Reference(Device)
* agent[assembler].who.type 1..1
* agent[assembler].who.type = "Device"
* agent[assembler].who.identifier 1..1
* agent[assembler].who.identifier.system 1..1
* agent[assembler].who.identifier.system = "https://intersession.dev/id/source"
* agent[assembler].who.identifier.value 1..1
* agent[assembler].who.display 1..1
* agent[assembler].onBehalfOf 1..1
* entity 0..1
