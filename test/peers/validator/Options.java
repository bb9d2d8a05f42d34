import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The command line of ValidateFhir. */
class Options {
  static final String USAGE = """
      usage: ValidateFhir --defs DIR [--defs DIR]... [options] DIR...
        --check-defs   validate the definitions themselves too (only those of the first --defs)
        --refs         every literal reference must resolve among the validated files
        --warnings     print warnings as well
        --allow ID     tolerate errors with this message id
        --json FILE    write [{file, errors: [{location, messageId, message}]}] to FILE
      exit 0: no error; 1: at least one error; 2: usage, or an unreadable definition""";

  final List<Path> definitions = new ArrayList<>();
  final List<Path> examples = new ArrayList<>();
  final Set<String> allowed = new HashSet<>();
  boolean checkDefinitions;
  boolean checkReferences;
  boolean printWarnings;
  Path jsonReport;

  static Options parse(String[] args) {
    Options options = new Options();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--defs" -> options.definitions.add(Path.of(value(args, ++i)));
        case "--check-defs" -> options.checkDefinitions = true;
        case "--refs" -> options.checkReferences = true;
        case "--warnings" -> options.printWarnings = true;
        case "--allow" -> options.allowed.add(value(args, ++i));
        case "--json" -> options.jsonReport = Path.of(value(args, ++i));
        default -> {
          if (args[i].startsWith("--")) throw new IllegalArgumentException("unknown option " + args[i]);
          options.examples.add(Path.of(args[i]));
        }
      }
    }
    if (options.examples.isEmpty() && !options.checkDefinitions) {
      throw new IllegalArgumentException("nothing to validate");
    }
    return options;
  }

  private static String value(String[] args, int index) {
    if (index >= args.length) throw new IllegalArgumentException("missing value for " + args[index - 1]);
    return args[index];
  }
}
