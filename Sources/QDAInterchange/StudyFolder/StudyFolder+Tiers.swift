internal import QDACore

// Codings that tiers of a transcript hold
extension StudyReader {
  /// Makes codings of what tiers say, where that is the key, number or name of a code.
  ///
  /// Only a tier that names a code at least once is looked at further: a tier of glosses is none.
  mutating func readTiers(_ codings: [TierCoding], of source: Source) {
    var passages: [Passage] = []
    var made: [Coding] = []
    var ordinals: [String: Int] = [:]
    var coding: Set<String> = []
    var unknown: [(coding: TierCoding, count: Int)] = []
    var places: [String: Int] = [:]
    for tier in codings {
      guard let code = commentCode(tier.value), let region = Self.region(of: tier) else {
        if let place = places[tier.tier] {
          unknown[place].count += 1
        } else {
          places[tier.tier] = unknown.count
          unknown.append((tier, 1))
        }
        continue
      }
      coding.insert(tier.tier)
      let ordinal = ordinals[tier.tier, default: 0]
      ordinals[tier.tier] = ordinal + 1
      let names = [keys.key(of: source.id), "tier", tier.tier, String(ordinal)]
      let annotator = tier.annotator?.lowercased()
      let coder = annotator.flatMap { name in
        project.coders.first { $0.name.lowercased() == name || $0.initials.lowercased() == name }
      }
      let pair = self.made(names, in: source, region, code, Stamp(by: coder?.id), "", .markup)
      passages.append(pair.passage)
      made.append(pair.coding)
    }
    for (tier, count) in unknown where coding.contains(tier.tier) {
      findings.add(
        Diagnostic(
          "markup.tier-without-code", .note,
          at: .file("transcripts/\(source.name)", line: 0, column: 0),
          "the tier '\(tier.tier)' says '\(tier.value)', which is no code of the codebook",
          raw: tier.value, notes: findings.nearest(tier.value, keys.all(Code.self)),
          solutions: ["add the code to codebook.yaml, or correct the tier"], count: count))
    }
    project.codings.insert(passages, codings: made, in: source.id)
  }

  // The words where they are known, else the time.
  private static func region(of tier: TierCoding) -> Region? {
    if let span = tier.span { return .text(span) }
    guard let start = tier.start, let end = tier.end, start <= end else { return nil }
    return .time(start..<end)
  }
}
