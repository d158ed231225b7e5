// Reports and tables of other tools, which are named by the caller where the content does not tell.
extension Format {
  private static let unverified = "layout known from documentation only"

  /// The references of one code, as NVivo reports them.
  public static let nvivoCodeReport = Format(
    "nvivo-code-report", "NVivo code report", ["txt", "docx"], reads: true,
    cannotHold: [
      "positions, unless the texts are given", "the code's name, which is the file's",
      "coders, times and the hierarchy of codes",
      "the form in angle brackets and the Word form: \(unverified)",
    ])
  /// A matrix coding query of NVivo.
  public static let nvivoMatrix = Format(
    "nvivo-matrix", "NVivo matrix coding query", ["xlsx", "csv"], reads: true,
    cannotHold: ["where the codings are: counts are kept as a note"])
  /// A classification sheet of NVivo.
  public static let nvivoClassification = Format(
    "nvivo-classification", "NVivo classification sheet", ["xlsx", "csv", "tsv", "txt"],
    reads: true, cannotHold: [unverified, "the types of attributes where values do not show them"])
  /// An extract of NVivo 9 to 12 in XML.
  public static let nvivoExtract = Format(
    "nvivo-extract", "NVivo extract (XML)", ["xml"], reads: true,
    cannotHold: [
      "no public layout: elements are mapped by the caller",
      "the whole project: export it as REFI-QDA (.qdpx) instead",
    ])
  /// A codebook as a table.
  public static let codebookTable = Format(
    "codebook-table", "codebook table", ["xlsx", "docx", "csv", "tsv"], reads: true,
    cannotHold: [
      "codings: counts are kept as a note",
      "hierarchy that shows only in the layout of a Word document",
      "NVivo, MAXQDA, Dedoose: \(unverified)",
    ])
  /// A framework matrix as a sheet.
  public static let frameworkMatrix = Format(
    "framework-matrix", "framework matrix", ["xlsx", "csv", "tsv", "docx"], reads: true,
    cannotHold: [unverified, "links from summaries to passages", "why a cell is blank"])
  /// Coded segments of MAXQDA.
  public static let maxqdaSegments = Format(
    "maxqda-segments", "MAXQDA coded segments", ["xlsx", "csv"], reads: true,
    cannotHold: [
      "positions, unless the texts are given", "colours, sizes and coverage",
      "heads in other languages, unless all columns are there",
    ])
  /// Excerpts of Dedoose.
  public static let dedooseExcerpts = Format(
    "dedoose-excerpts", "Dedoose excerpts", ["xlsx", "csv"], reads: true,
    cannotHold: [
      unverified, "positions, unless the texts are given", "descriptors", "ranges of codes",
    ])
  /// A quotation report of ATLAS.ti.
  public static let atlasTiQuotations = Format(
    "atlasti-quotations", "ATLAS.ti quotation report", ["xlsx", "csv"], reads: true,
    cannotHold: [
      unverified, "positions, unless the texts are given", "numbers of quotations that have names",
    ])
  /// A code co-occurrence table of ATLAS.ti.
  public static let atlasTiCooccurrence = Format(
    "atlasti-cooccurrence", "ATLAS.ti code co-occurrence table", ["xlsx", "csv"], reads: true,
    cannotHold: ["where the codings are: counts are kept as a note"])
  /// The XML of ATLAS.ti before REFI-QDA.
  public static let atlasTiXML = Format(
    "atlasti-xml", "ATLAS.ti XML (storedHU)", ["xml"], reads: true,
    cannotHold: [
      "layout known from its schema only", "the texts of the documents",
      "positions, unless the texts are given", "networks, hyperlinks and links between codes",
      "times of changes",
    ])
  /// Highlights of Taguette.
  public static let taguetteHighlights = Format(
    "taguette-highlights", "Taguette highlights", ["csv", "xlsx"], reads: true,
    cannotHold: ["positions, unless the texts are given"])
}
