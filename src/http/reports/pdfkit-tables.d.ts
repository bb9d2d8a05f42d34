/** What pdfkit's tables take and its types don't say yet. @see https://pdfkit.org/docs/table.html */
declare namespace PDFKit.Mixins {
  interface TableOptions {
    structParent?: PDFKit.PDFStructureElement;
  }
  interface CellOptions {
    scope?: 'Row' | 'Column';
  }
}
