import Foundation
import QDACore
import QDAInterchange
import Testing

/// The same change at many places of the seed, one at a time.
@Suite(.enabled(if: StudySample.seed.isPresent, "../shared/seed is not here"))
struct SeedSweepTests {
  let baseline: Reading<PublishedStudy>
  let lines: [String]

  init() throws {
    baseline = try StudySample.seed.read()
    lines = try StudySample.seed.string().components(separatedBy: "\n")
  }

  private func findings(_ change: (inout [String]) -> Void) throws -> [String] {
    var changed = lines
    change(&changed)
    let reading = try StudySample.seed.read(changed.joined(separator: "\n"))
    return difference(reading.diagnostics, from: baseline.diagnostics)
  }

  @Test func `any quotation that loses its id is still seen`() throws {
    for quotation in baseline.value.quotations {
      let found = try findings { lines in
        let line = lines[quotation.line - 1]
        lines[quotation.line - 1] = String(
          line.prefix(upTo: line.lastIndex(of: " ") ?? line.endIndex))
      }
      #expect(found == ["+quotation.unattributed"], "line \(quotation.line)")
    }
  }

  @Test func `any quotation by somebody without a row is seen`() throws {
    for quotation in baseline.value.quotations {
      let found = try findings { lines in
        lines[quotation.line - 1] += "90"
      }
      #expect(found == ["+participant.unknown"], "line \(quotation.line)")
    }
  }

  @Test func `any row that is removed leaves a gap and a wrong number`() throws {
    let quoted = Set(baseline.value.quoted)
    for participant in baseline.value.table.participants {
      var expected = ["+study.sample-size-mismatch"]
      if participant.label.number != 22 { expected.append("+participant.numbering-gap") }
      if quoted.contains(participant.label) { expected.append("+participant.unknown") }
      if participant.label.number == 17 { expected.append("-participant.age-band-reversed") }
      // These two are the only ones in their band.
      if [5, 16].contains(participant.label.number) {
        expected.append("+participant.age-band-outside-vocabulary")
      }
      let found = try findings { $0.remove(at: participant.id.lineNumber - 1) }
      #expect(found == expected.sorted(), "\(participant.label)")
    }
  }

  @Test func `any row that stands twice is seen once`() throws {
    for participant in baseline.value.table.participants {
      let found = try findings { lines in
        lines.insert(lines[participant.id.lineNumber - 1], at: participant.id.lineNumber)
      }
      #expect(found == ["+participant.duplicate"], "\(participant.label)")
    }
  }

  @Test func `a bullet that is emptied leaves the others as they are`() throws {
    for (index, element) in baseline.value.elements.enumerated() where index.isMultiple(of: 3) {
      var changed = lines
      changed[element.line - 1] = "\t• "
      let reading = try StudySample.seed.read(changed.joined(separator: "\n"))
      #expect(
        difference(reading.diagnostics, from: baseline.diagnostics) == ["+matrix.element-empty"])
      #expect(
        reading.value.elements.map(\.id)
          == baseline.value.elements.map(\.id).filter { $0 != element.id })
    }
  }

  @Test func `a bullet that is removed or repeated leaves the others in their columns`() throws {
    let parts = { (study: PublishedStudy) in
      study.elements.map { "\($0.role) \($0.part ?? "") \($0.valence?.rawValue ?? "") \($0.text)" }
    }
    for (index, element) in baseline.value.elements.enumerated() where index.isMultiple(of: 5) {
      var removed = lines
      removed.removeSubrange(element.line - 1...element.line)
      let less = try StudySample.seed.read(removed.joined(separator: "\n"))
      #expect(difference(less.diagnostics, from: baseline.diagnostics) == [], "\(element.id)")
      var expected = parts(baseline.value)
      expected.remove(at: index)
      #expect(parts(less.value) == expected, "\(element.id)")
      var repeated = lines
      repeated.insert(contentsOf: ["\t• " + element.text, ""], at: element.line - 1)
      let more = try StudySample.seed.read(repeated.joined(separator: "\n"))
      #expect(
        difference(more.diagnostics, from: baseline.diagnostics) == ["+matrix.element-duplicate"],
        "\(element.id)")
      #expect(more.value.elements.count == 57)
    }
  }

  @Test func `a bullet of one block repeated in the other is in both`() throws {
    let favourable = baseline.value.elements.filter { $0.valence == .favourable }
    let opposite = baseline.value.elements.filter { $0.valence == .unfavourable }
    for (element, other) in zip(favourable, opposite) {
      let found = try findings { $0[other.line - 1] = "\t• " + element.text }
      #expect(found == ["+matrix.element-in-both-valences"], "\(element.id) as \(other.id)")
    }
  }
}
