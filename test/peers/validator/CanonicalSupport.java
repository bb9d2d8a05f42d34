import ca.uhn.fhir.context.FhirContext;
import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * The definitions given with --defs, served by canonical URL with or without version. PrePopulatedValidationSupport alone
 * does not serve Questionnaires and other canonicals, so a QuestionnaireResponse would never meet its Questionnaire.
 */
class CanonicalSupport extends PrePopulatedValidationSupport {
  private final Map<String, IBaseResource> byUrl = new HashMap<>();

  CanonicalSupport(FhirContext context) {
    super(context);
  }

  void add(IBaseResource resource) {
    if (resource instanceof StructureDefinition || resource instanceof ValueSet || resource instanceof CodeSystem) {
      addResource(resource);
    }
    if (resource instanceof MetadataResource canonical && canonical.hasUrl()) {
      byUrl.put(canonical.getUrl(), resource);
      if (canonical.hasVersion()) byUrl.put(canonical.getUrl() + "|" + canonical.getVersion(), resource);
    }
  }

  /** Adds a Questionnaire, PlanDefinition … found among the examples, unless a definition has its URL already. */
  void offer(IBaseResource resource) {
    if (resource instanceof StructureDefinition || resource instanceof ValueSet || resource instanceof CodeSystem) return;
    if (resource instanceof MetadataResource canonical && canonical.hasUrl()) {
      byUrl.putIfAbsent(canonical.getUrl(), resource);
      if (canonical.hasVersion()) byUrl.putIfAbsent(canonical.getUrl() + "|" + canonical.getVersion(), resource);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T extends IBaseResource> T fetchResource(Class<T> type, String uri) {
    T known = super.fetchResource(type, uri);
    if (known != null || uri == null) return known;
    IBaseResource hit = byUrl.get(uri);
    return hit != null && (type == null || type.isInstance(hit)) ? (T) hit : null;
  }
}
