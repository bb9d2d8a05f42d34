import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirDefaultPolicyAdvisor;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r5.utils.validation.IResourceValidator;
import org.hl7.fhir.r5.utils.validation.IValidationPolicyAdvisor;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.validation.constants.ReferenceValidationPolicy;
import org.hl7.fhir.utilities.http.ManagedWebAccess;

/** Validates FHIR R4 JSON files offline, by HL7's InstanceValidator. See {@link Options#USAGE}. */
public class ValidateFhir {
  /** One file's verdict; the names are those of the JSON report. */
  record FileReport(String file, List<Finding> errors) {}

  record Finding(String location, String messageId, String message) {}

  private final Options options;
  private final FhirContext context = FhirContext.forR4();
  private final ExampleFetcher fetcher = new ExampleFetcher();
  private int warnings;

  ValidateFhir(Options options) {
    this.options = options;
  }

  public static void main(String[] args) throws IOException {
    // Definitions come from the class path and --defs alone: the same verdict on every machine, online or not.
    ManagedWebAccess.setAccessPolicy(ManagedWebAccess.WebAccessPolicy.PROHIBITED);
    try {
      System.exit(new ValidateFhir(Options.parse(args)).run());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(Options.USAGE);
      System.exit(2);
    }
  }

  int run() throws IOException {
    long started = System.currentTimeMillis();
    CanonicalSupport definitions = readDefinitions();
    FhirValidator validator = validator(definitions);
    List<Path> files = new ArrayList<>();
    if (options.checkDefinitions) files.addAll(jsonFiles(options.definitions.get(0)));
    for (Path examples : options.examples) files.addAll(jsonFiles(examples));
    for (Path file : files) offer(definitions, Files.readString(file));

    List<FileReport> reports = new ArrayList<>();
    for (Path file : files) reports.add(validate(validator, file));
    print(reports, System.currentTimeMillis() - started);
    if (options.jsonReport != null) {
      new ObjectMapper().writeValue(options.jsonReport.toFile(), reports);
    }
    return reports.stream().anyMatch(report -> !report.errors().isEmpty()) ? 1 : 0;
  }

  private CanonicalSupport readDefinitions() throws IOException {
    CanonicalSupport support = new CanonicalSupport(context);
    for (Path directory : options.definitions) {
      for (Path file : jsonFiles(directory)) {
        try {
          support.add(context.newJsonParser().parseResource(Files.readString(file)));
        } catch (RuntimeException e) {
          throw new IllegalArgumentException("unreadable definition " + file + ": " + e.getMessage(), e);
        }
      }
    }
    return support;
  }

  private FhirValidator validator(CanonicalSupport definitions) {
    ValidationSupportChain chain = new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        definitions,
        new SnapshotGeneratingValidationSupport(context),
        new CommonCodeSystemsTerminologyService(context),
        new InMemoryTerminologyServerValidationSupport(context));
    // A CodeableConcept needs one coding in a required ValueSet, not all of them.
    chain.setCodeableConceptValidationSuccessfulIfNotAllCodingsAreValid(true);

    FhirInstanceValidator module = new FhirInstanceValidator(chain);
    module.setErrorForUnknownProfiles(true);
    module.setAnyExtensionsAllowed(false);
    module.setCustomExtensionDomains(List.of());
    module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    module.setValidatorResourceFetcher(fetcher);
    module.setValidatorPolicyAdvisor(new FhirDefaultPolicyAdvisor() {
      @Override
      public ReferenceValidationPolicy policyForReference(
          IResourceValidator v, Object c, String path, String url, IValidationPolicyAdvisor.ReferenceDestinationType d) {
        // A target at hand must conform to one of the profiles that the reference names, not only have the right type.
        if (fetcher.has(url)) return ReferenceValidationPolicy.CHECK_VALID;
        return getReferencePolicy();
      }

      @Override
      public ReferenceValidationPolicy getReferencePolicy() {
        return options.checkReferences
            ? ReferenceValidationPolicy.CHECK_EXISTS_AND_TYPE
            : ReferenceValidationPolicy.CHECK_TYPE_IF_EXISTS;
      }
    });
    return context.newValidator().registerValidatorModule(module);
  }

  /**
   * Makes a file resolvable by reference, and by canonical if it has one. A file that cannot be parsed gets its error from
   * the validation itself.
   */
  private void offer(CanonicalSupport definitions, String json) {
    try {
      IBaseResource resource = context.newJsonParser().parseResource(json);
      String id = resource.getIdElement().getIdPart();
      if (id != null) fetcher.add(resource.fhirType(), id, json);
      definitions.offer(resource);
    } catch (RuntimeException unreadable) {
      return;
    }
  }

  private FileReport validate(FhirValidator validator, Path file) throws IOException {
    List<Finding> errors = new ArrayList<>();
    try {
      for (SingleValidationMessage message : validator.validateWithResult(Files.readString(file)).getMessages()) {
        boolean error = message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0;
        if (error && !options.allowed.contains(message.getMessageId())) {
          errors.add(new Finding(
              Objects.toString(message.getLocationString(), ""),
              Objects.toString(message.getMessageId(), ""),
              Objects.toString(message.getMessage(), "")));
        } else if (message.getSeverity() == ResultSeverityEnum.WARNING) {
          warnings++;
          if (options.printWarnings) {
            System.out.printf("WARNING %s %s %s%n", file, message.getLocationString(), message.getMessage());
          }
        }
      }
    } catch (RuntimeException e) {
      errors.add(new Finding("", "VALIDATOR_FAILED", e.toString()));
    }
    return new FileReport(file.toString(), errors);
  }

  private void print(List<FileReport> reports, long milliseconds) {
    int errors = 0;
    int bad = 0;
    for (FileReport report : reports) {
      if (report.errors().isEmpty()) System.out.println("ok      " + report.file());
      else bad++;
      for (Finding finding : report.errors()) {
        errors++;
        System.out.printf(
            "ERROR   %s %s [%s] %s%n", report.file(), finding.location(), finding.messageId(), finding.message());
      }
    }
    System.out.printf(
        "%d files, %d with errors, %d errors, %d warnings; %d ms%n", reports.size(), bad, errors, warnings, milliseconds);
  }

  /** The JSON resources below a directory, or the one file named, in a stable order. */
  private static List<Path> jsonFiles(Path start) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(start)) {
      files = found.filter(path -> path.toString().endsWith(".json")).filter(Files::isRegularFile).sorted().toList();
    }
    List<Path> resources = new ArrayList<>();
    for (Path file : files) {
      if (Files.readString(file).contains("\"resourceType\"")) resources.add(file);
    }
    return resources;
  }
}
