-- Provenance has neither subject nor for in R4: it names its patient in our extension, which stands first. What has a type of its
-- own place for it must still use that place: a resource of any other type is not believed by an extension.
create or replace function subject_of(content json) returns text immutable parallel safe language sql
  return case
    when content->>'resourceType' = 'Provenance' then
      case when content #>> '{extension,0,url}' = 'https://intersession.dev/fhir/StructureDefinition/provenance-patient'
        then content #>> '{extension,0,valueReference,reference}' end
    else coalesce(content #>> '{subject,reference}', content #>> '{for,reference}')
  end;
