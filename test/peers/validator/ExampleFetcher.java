import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r5.elementmodel.Element;
import org.hl7.fhir.r5.elementmodel.Manager;
import org.hl7.fhir.r5.model.CanonicalResource;
import org.hl7.fhir.r5.model.CanonicalType;
import org.hl7.fhir.r5.utils.validation.IResourceValidator;
import org.hl7.fhir.r5.utils.validation.IValidatorResourceFetcher;
import org.hl7.fhir.validation.instance.InstanceValidator;

/** Resolves Type/id references among the files under validation, so that target types and profiles are checked. */
class ExampleFetcher implements IValidatorResourceFetcher {
  private static final Pattern REFERENCE =
      Pattern.compile("([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(/_history/.*)?$");
  private final Map<String, String> jsonByReference = new HashMap<>();

  void add(String type, String id, String json) {
    jsonByReference.put(type + "/" + id, json);
  }

  boolean has(String url) {
    return jsonOf(url) != null;
  }

  private String jsonOf(String url) {
    Matcher matcher = url == null ? null : REFERENCE.matcher(url);
    return matcher != null && matcher.find() ? jsonByReference.get(matcher.group(1)) : null;
  }

  @Override
  public Element fetch(IResourceValidator validator, Object context, String url) throws IOException {
    String json = jsonOf(url);
    if (json == null) return null;
    var worker = ((InstanceValidator) validator).getContext();
    var bytes = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    return Manager.parseSingle(worker, bytes, Manager.FhirFormat.JSON);
  }

  @Override
  public boolean resolveURL(
      IResourceValidator v, Object c, String path, String url, String type, boolean canonical, List<CanonicalType> t) {
    return true;
  }

  @Override
  public byte[] fetchRaw(IResourceValidator validator, String url) {
    return null;
  }

  @Override
  public IValidatorResourceFetcher setLocale(Locale locale) {
    return this;
  }

  @Override
  public CanonicalResource fetchCanonicalResource(IResourceValidator validator, Object context, String url) {
    return null;
  }

  @Override
  public boolean fetchesCanonicalResource(IResourceValidator validator, String url) {
    return false;
  }

  @Override
  public Set<ResourceVersionInformation> fetchCanonicalResourceVersions(
      IResourceValidator validator, Object context, String url) {
    return Set.of();
  }
}
