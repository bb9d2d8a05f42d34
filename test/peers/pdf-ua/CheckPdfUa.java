import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Prints one line a rule that a file breaks: `FILE<TAB>CLAUSE-TEST<TAB>MESSAGE<TAB>LOCATION`; and `FILE<TAB>ok` for one that breaks none. */
public class CheckPdfUa {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) {
      try (var parser = Foundries.defaultInstance().createParser(new FileInputStream(file), PDFAFlavour.PDFUA_1);
          var validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, 100, false, true, false)) {
        var result = validator.validate(parser);
        if (result.isCompliant()) System.out.println(file + "\tok\t" + result.getTotalAssertions());
        for (TestAssertion assertion : result.getTestAssertions()) {
          if (assertion.getStatus() != TestAssertion.Status.FAILED) continue;
          var rule = assertion.getRuleId();
          System.out.println(file + "\t" + rule.getClause() + "-" + rule.getTestNumber() + "\t" + assertion.getMessage() + "\t" + assertion.getLocation().getContext());
        }
      }
    }
  }
}
