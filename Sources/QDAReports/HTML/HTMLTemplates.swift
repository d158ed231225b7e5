internal import Mustache

/// The templates of the page, which are compiled into the library.
enum HTMLTemplates {
  private static let parts: [String: [UInt8]] = [
    "page": PackageResources.page_mustache,
    "overview": PackageResources.overview_mustache,
    "register": PackageResources.register_mustache,
    "indexing": PackageResources.indexing_mustache,
    "charts": PackageResources.charts_mustache,
    "mapping": PackageResources.mapping_mustache,
    "configurations": PackageResources.configurations_mustache,
    "slot": PackageResources.slot_mustache,
    "evidence": PackageResources.evidence_mustache,
    "matrix": PackageResources.matrix_mustache,
    "incidence": PackageResources.incidence_mustache,
    "patterns": PackageResources.patterns_mustache,
    "methods": PackageResources.methods_mustache,
    "links": PackageResources.links_mustache,
    "theory": PackageResources.theory_mustache,
    "codebook": PackageResources.codebook_mustache,
    "diagnostics": PackageResources.diagnostics_mustache,
    "quotes": PackageResources.quotes_mustache,
    "chip": PackageResources.chip_mustache,
    "runs": PackageResources.runs_mustache,
    "strip": PackageResources.strip_mustache,
    "standing": PackageResources.standing_mustache,
  ]

  /// The style sheet.
  static var style: String { text(PackageResources.style_css) }

  /// The script, without which the page can still be read.
  static var script: String { text(PackageResources.script_js) }

  /// Renders the page.
  static func render(_ page: PageView) throws(ReportError) -> String {
    // Every part is escaped by the content type that the page itself asks for.
    MustacheContentTypes.register(HTMLEscaping(), named: HTMLEscaping.name)
    var library = MustacheLibrary()
    for (name, bytes) in parts {
      do {
        try library.register(text(bytes).trimmingNewline, named: name)
      } catch {
        throw ReportError(path: "index.html", reason: "template \(name): \(error)")
      }
    }
    guard let html = library.render(page, withTemplate: "page") else {
      throw ReportError(path: "index.html", reason: "there is no template for the page")
    }
    return html
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension String {
  // A part ends where its last tag ends, so that parts can stand within a line.
  fileprivate var trimmingNewline: String { last == "\n" ? String(dropLast()) : self }
}
