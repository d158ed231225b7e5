/// How far a study is indexed: which codes are used, what was not read again, which words have no code.
public struct IndexingCoverage: Hashable, Sendable, Codable {
  /// How a code is used.
  public struct CodeUse: Hashable, Sendable, Codable {
    /// The code.
    public var code: ID<Code>
    /// The accepted codings of participants' words with it.
    public var codings: Int
    /// The cases whose words have it, in the study's order.
    public var cases: [ID<Case>]
    /// Whether it is for passages, and no coding and no cell has it.
    public var isOrphan: Bool
    /// Whether it has no definition.
    public var isUndefined: Bool
    /// The version of the framework that brought it in, where versions are kept.
    public var since: Int?
    /// The sources that were not indexed again since then; `nil` where no reading is recorded.
    public var toReread: [ID<Source>]?
  }

  /// How much goes into the rest of a theme.
  public struct OtherUse: Hashable, Sendable, Codable {
    /// The theme.
    public var theme: ID<Code>
    /// Its "Other".
    public var other: ID<Code>
    /// The codings in it.
    public var codings: Int
    /// The codings of the whole theme.
    public var of: Int
    /// Whether that is more than the limit.
    public var isAboveLimit: Bool
  }

  /// How much of a source is indexed.
  public struct SourceUse: Hashable, Sendable, Codable {
    /// The source.
    public var source: ID<Source>
    /// The words of participants, which only transcripts hold.
    public var words: Int
    /// Those of them that no accepted coding covers.
    public var unindexed: Int
    /// Stretches of participants' words that no coding touches, in order.
    public var untouched: [TextSpan]
    /// The version of the framework under which it was last indexed; `nil` where that is not recorded.
    public var version: Int?
    /// Whether that is older than the framework is now.
    public var isOutdated: Bool
    /// The proposals that nobody has decided.
    public var proposals: Int
  }

  /// The codes in reading order.
  public var codes: [CodeUse]
  /// The "Other" of each theme that has one.
  public var others: [OtherUse]
  /// The sources whose text can be had, in the study's order.
  public var sources: [SourceUse]
  /// The framework's last version.
  public var version: Int?

  /// Takes stock of a study; interviewers' words are left out, and what researchers wrote: notes from the
  /// field, memos, minutes and documents.
  ///
  /// - Parameters:
  ///   - project: The study.
  ///   - otherLimit: How many percent of a theme's codings may be in its "Other".
  /// - Complexity: O(*n* log *n*) in codings and words.
  public init(of project: Project, otherLimit: Int = 15, matrix given: CodingMatrix? = nil) {
    let attribution = Attribution(project)
    let matrix = given ?? CodingMatrix(project, by: attribution)
    let version = project.codebook.currentVersion
    let readings = project.lastReadings(for: .indexing)
    self.version = version
    sources = project.sources.compactMap { source in
      guard let text = try? project.texts.text(of: source.id) else { return nil }
      let stretches =
        source.kind == .transcript ? source.stretches(in: text) : []
      let coded = CodedSpans(project.codings.spans(in: source.id))
      var (words, unindexed) = (0, 0)
      var untouched: [TextSpan] = []
      for stretch in stretches {
        for word in stretch.wordSpans {
          words += 1
          if coded.overlap(with: word) == 0 { unindexed += 1 }
        }
        if coded.overlap(with: stretch.span) == 0 { untouched.append(stretch.span) }
      }
      let read = readings[source.id]
      return SourceUse(
        source: source.id, words: words, unindexed: unindexed, untouched: untouched, version: read,
        isOutdated: read.map { $0 < version ?? 0 } ?? false,
        proposals: project.codings.codings(in: source.id).count { $0.status == .proposed })
    }
    let toIndex = sources.filter {
      $0.words > 0 || project.sources[$0.source]?.kind != .transcript
    }
    let parents = Set(project.codebook.codes.compactMap(\.parent))
    let columns = Set(project.cells.keys.map(\.column))
    var counts: [ID<Code>: Int] = [:]
    let codings = project.leavingOutInterviewers(by: attribution).codings
    for coding in codings.all where coding.status == .accepted {
      counts[coding.code, default: 0] += 1
    }
    let since = project.codebook.introductions
    let first = project.codebook.versions.map(\.number).min()
    codes = project.codebook.inReadingOrder.map { code in
      let own = since[code.id]
      let missed = own.flatMap { introduced -> [ID<Source>]? in
        if readings.isEmpty { return nil }
        if introduced == first || !code.isCodable { return [] }
        return toIndex.filter { ($0.version ?? -1) < introduced }.map(\.source)
      }
      return CodeUse(
        code: code.id, codings: counts[code.id] ?? 0, cases: matrix.cases(of: code.id),
        isOrphan: code.isCodable && !parents.contains(code.id) && counts[code.id] == nil
          && !columns.contains(code.id),
        isUndefined: code.definition.isEmpty, since: own, toReread: missed)
    }
    others = project.codebook.themes.compactMap { theme in
      let below = project.codebook.descendants(of: theme.id)
      guard let other = below.first(where: \.isOther) else { return nil }
      let all = ([theme] + below).reduce(0) { $0 + (counts[$1.id] ?? 0) }
      let own = counts[other.id] ?? 0
      return OtherUse(
        theme: theme.id, other: other.id, codings: own, of: all,
        isAboveLimit: own * 100 > all * otherLimit)
    }
  }
}

extension Code {
  /// Whether the code holds what no other subtheme of its theme does: its name begins with "Other".
  public var isOther: Bool { parent != nil && name.lowercased().hasPrefix("other") }
}

extension Codebook {
  /// The version of the framework that brought each code in, as far as versions are kept.
  ///
  /// A code that is another's successor, alone and its only one, counts from when that came in; one
  /// that came out of a split or a merge counts from that version.
  public var introductions: [ID<Code>: Int] {
    var since: [ID<Code>: Int] = [:]
    let ordered = versions.sorted { $0.number < $1.number }
    for (position, version) in ordered.enumerated() {
      let isLast = position == ordered.count - 1
      let own = version.codes.isEmpty && isLast ? Array(codes) : version.codes
      var origins: [ID<Code>: [ID<Code>]] = [:]
      for (old, new) in version.map {
        for code in new { origins[code, default: []].append(old) }
      }
      if own.isEmpty { continue }
      var now: [ID<Code>: Int] = [:]
      for code in own {
        let origin = origins[code.id] ?? []
        let inherited =
          origin.count == 1 && version.map[origin[0]]?.count == 1 ? since[origin[0]] : nil
        now[code.id] = since[code.id] ?? inherited ?? version.number
      }
      // One that was dropped and comes again counts from there.
      since = now
    }
    return since
  }
}

extension Stretch {
  /// The spans of the words, which white space separates.
  var wordSpans: [TextSpan] {
    var spans: [TextSpan] = []
    var word: Range<Int>?
    var rest = words.unicodeScalars[...]
    for range in ranges {
      for position in Int(range.start)..<Int(range.end) {
        guard let scalar = rest.popFirst() else { break }
        if scalar.properties.isWhitespace {
          if let word { spans.append(TextSpan(scalars: word)) }
          word = nil
        } else {
          word = (word?.lowerBound ?? position)..<position + 1
        }
      }
    }
    if let word { spans.append(TextSpan(scalars: word)) }
    return spans
  }
}
