import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * Rebuilds of the FHIR package hl7.fhir.r4.core#4.0.1 the types and resources, from hapi-fhir-validation-resources-r4: the
 * validator looks for the package in the user's package cache when it checks the context of an extension, and reads all of
 * it each time. usage: ExportR4Core FHIR_PACKAGES_DIR
 */
public class ExportR4Core {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT = "/org/hl7/fhir/r4/model/";
  private static final List<String> BUNDLES = List.of("profile/profiles-types.xml", "profile/profiles-resources.xml");

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: ExportR4Core FHIR_PACKAGES_DIR");
      System.exit(2);
    }
    Path directory = Path.of(args[0], "hl7.fhir.r4.core#4.0.1", "package");
    Files.createDirectories(directory);
    FhirContext context = FhirContext.forR4();
    ObjectNode index = JSON.createObjectNode().put("index-version", 2);
    ArrayNode files = index.putArray("files");
    Set<String> written = new HashSet<>();
    for (String bundle : BUNDLES) {
      for (Bundle.BundleEntryComponent entry : readBundle(context, bundle).getEntry()) {
        if (!(entry.getResource() instanceof StructureDefinition resource)) continue;
        if (resource.getDerivation() == StructureDefinition.TypeDerivationRule.CONSTRAINT) continue;
        String file = resource.fhirType() + "-" + resource.getIdElement().getIdPart() + ".json";
        if (!written.add(file)) continue;
        Files.writeString(directory.resolve(file), context.newJsonParser().encodeResourceToString(resource));
        files.add(indexEntry(file, resource));
      }
    }
    Files.writeString(directory.resolve(".index.json"), JSON.writeValueAsString(index));
    // Last: a directory with a package.json is complete.
    Files.writeString(directory.resolve("package.json"), manifest());
    System.out.println(written.size() + " definitions in " + directory);
  }

  private static Bundle readBundle(FhirContext context, String name) throws IOException {
    try (InputStream in = ExportR4Core.class.getResourceAsStream(ROOT + name)) {
      Objects.requireNonNull(in, "not on the class path: " + name);
      return (Bundle) context.newXmlParser().parseResource(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
  }

  private static ObjectNode indexEntry(String file, StructureDefinition resource) {
    ObjectNode entry = JSON.createObjectNode()
        .put("filename", file)
        .put("resourceType", resource.fhirType())
        .put("id", resource.getIdElement().getIdPart())
        .put("url", resource.getUrl())
        .put("version", Objects.toString(resource.getVersion(), "4.0.1"))
        .put("kind", resource.getKind().toCode())
        .put("type", resource.getType());
    if (resource.hasDerivation()) entry.put("derivation", resource.getDerivation().toCode());
    return entry;
  }

  private static String manifest() throws IOException {
    ObjectNode manifest = JSON.createObjectNode()
        .put("name", "hl7.fhir.r4.core")
        .put("version", "4.0.1")
        .put("tools-version", 3)
        .put("type", "fhir.core")
        .put("canonical", "http://hl7.org/fhir")
        .put("url", "http://hl7.org/fhir/R4")
        .put("title", "FHIR R4 core, rebuilt from hapi-fhir-validation-resources-r4")
        .put("author", "HL7 Inc")
        .put("license", "CC0-1.0");
    manifest.putArray("fhirVersions").add("4.0.1");
    manifest.putObject("dependencies");
    return JSON.writeValueAsString(manifest);
  }
}
