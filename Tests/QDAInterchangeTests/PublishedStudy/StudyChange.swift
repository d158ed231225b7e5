import Foundation
import QDACore
import QDAInterchange
import Testing

/// One change to a sample, and what it adds to (`+`) and takes from (`-`) the findings.
struct StudyChange: CustomTestStringConvertible, Sendable {
  let name: String
  let replacements: [(old: String, new: String)]
  let expected: [String]

  init(_ name: String, _ old: String, _ new: String, _ expected: String...) {
    self.name = name
    replacements = [(old, new)]
    self.expected = expected.sorted()
  }

  init(_ name: String, _ replacements: [(String, String)], _ expected: String...) {
    self.name = name
    self.replacements = replacements.map { (old: $0.0, new: $0.1) }
    self.expected = expected.sorted()
  }

  var testDescription: String { name }

  func applied(to sample: StudySample) throws -> String {
    var text = try sample.string()
    for (old, new) in replacements { text = try sample.replacing(old, with: new, in: text) }
    return text
  }
}

/// A change of the whole text that must not matter.
struct StudyRewriting: CustomTestStringConvertible, Sendable {
  let name: String
  let rewrite: @Sendable (String) -> String

  init(_ name: String, _ rewrite: @escaping @Sendable (String) -> String) {
    self.name = name
    self.rewrite = rewrite
  }

  var testDescription: String { name }
}

extension StudyRewriting {
  /// Rewritings that leave every study what it is.
  static let harmless: [StudyRewriting] = [
    .init("CR LF line ends") { $0.replacing("\n", with: "\r\n") },
    .init("spaces at the ends of lines") { $0.replacing("\n", with: "  \n") },
    .init("no spaces at the ends of lines") {
      onLines(of: $0) { $0.trimmingSuffix { $0.isWhitespace } }
    },
    .init("no spaces at the starts of lines") {
      onLines(of: $0) { $0.trimmingPrefix { $0.isWhitespace } }
    },
    .init("a byte-order mark") { "\u{FEFF}" + $0 },
    .init("tabs as one space") { $0.replacing("\t", with: " ") },
    .init("tabs as four spaces") { $0.replacing("\t", with: "    ") },
    .init("doubled tabs within lines") { $0.replacing(" \t", with: " \t ") },
    .init("narrow spaces as plain ones") { $0.replacing("\u{202F}", with: " ") },
    .init("plain spaces as no-break ones") { $0.replacing(" ", with: "\u{00A0}") },
    .init("plain spaces as thin ones") { $0.replacing(" ", with: "\u{2009}") },
    .init("doubled spaces") { $0.replacing(" ", with: "  ") },
    .init("every blank line twice") { $0.replacing("\n", with: "\n\n") },
    .init("at most one blank line") { text in
      var lines: [Substring] = []
      for line in text.split(separator: "\n", omittingEmptySubsequences: false)
      where !line.isEmpty || lines.last?.isEmpty == false { lines.append(line) }
      return lines.joined(separator: "\n")
    },
    .init("hyphens for en dashes") { $0.replacing("–", with: "-") },
    .init("en dashes for em dashes") { $0.replacing("—", with: "–") },
    .init("straight quotation marks") {
      $0.replacing("“", with: "\"").replacing("”", with: "\"").replacing("’", with: "'")
    },
    .init("hyphens for bullets") { $0.replacing("•", with: "-") },
    .init("asterisks for bullets") { $0.replacing("•", with: "*") },
    .init("no last line end") { String($0.trimmingSuffix { $0.isWhitespace }) },
    .init("capitals in the titles of tables") { $0.replacing("TABLE", with: "Table") },
  ]

  private static func onLines(of text: String, _ change: (Substring) -> Substring) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(change)
      .joined(separator: "\n")
  }
}

extension StringProtocol {
  fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> Substring {
    var rest = self[...]
    while let last = rest.last, condition(last) { rest = rest.dropLast() }
    return Substring(rest)
  }

  fileprivate func trimmingPrefix(while condition: (Character) -> Bool) -> Substring {
    Substring(drop(while: condition))
  }
}

/// What of a study must stay when nothing that matters is changed.
struct Shape: Equatable {
  var participants: [String]
  var quotations: [String]
  var sections: [String]
  var elements: [String]
  var counts: [Int]

  init(_ study: PublishedStudy) {
    participants = study.table.participants.map { participant in
      let band = participant.age?.band?.description ?? "no band"
      return "\(participant.label) \(participant.organisation ?? "-") \(participant.roles) "
        + "\(participant.gender ?? "-") \(band)"
    }
    quotations = study.quotations.map { quotation in
      "\(quotation.participant?.description ?? "-") in \(quotation.section ?? -1)"
        + " with \(quotation.editorial.count)"
    }
    sections = study.sections.map { section in
      "\(section.depth) " + section.name.filter { $0.isLetter || $0.isNumber }
    }
    elements = study.elements.map { $0.id + " " + $0.text.filter { $0.isLetter || $0.isNumber } }
    counts = [study.blockCount, study.filledCells, study.table.rowCount]
  }
}
