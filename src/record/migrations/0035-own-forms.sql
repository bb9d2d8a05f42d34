-- A form of a plan's own is a Questionnaire, which has neither subject nor for in R4: it names its patient in our extension, which
-- stands first. The library's own are no rows of `resource`.
create or replace function subject_of(content json) returns text immutable parallel safe language sql
  return case
    when content->>'resourceType' = 'Provenance' then
      case when content #>> '{extension,0,url}' = 'https://intersession.dev/fhir/StructureDefinition/provenance-patient'
        then content #>> '{extension,0,valueReference,reference}' end
    when content->>'resourceType' = 'Questionnaire' then
      case when content #>> '{extension,0,url}' = 'https://intersession.dev/fhir/StructureDefinition/form-patient'
        then content #>> '{extension,0,valueReference,reference}' end
    else coalesce(content #>> '{subject,reference}', content #>> '{for,reference}')
  end;
