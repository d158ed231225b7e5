internal import QDACore

extension StudyReport {
  /// A passage as it is shown: its words, whose they are, where they stand, and the turn around them.
  public struct Quote: Hashable, Sendable, Codable {
    /// The number by which every format refers to it.
    public var number: Int
    /// The key.
    public var id: String
    /// The document's key.
    public var source: String
    /// The document's name.
    public var sourceName: String
    /// Where it is, in words.
    public var place: String
    /// The line of the first word, counted from 1, where the passage is a range of the text.
    public var line: Int?
    /// The column of the first word in Unicode scalars, counted from 1.
    public var column: Int?
    /// The offset of the first Unicode scalar.
    public var start: Int?
    /// The offset after the last Unicode scalar.
    public var end: Int?
    /// Whose words they are; nobody's where an interviewer speaks.
    public var participants: [String]
    /// The speaker's label in the document.
    public var speaker: String
    /// The words of the same turn before it.
    public var before: String
    /// The words.
    public var text: String
    /// The words of the same turn after it.
    public var after: String
    /// Whether its position was verified against the text.
    public var isVerified: Bool
    /// Why there are no words, where that is so.
    public var problem: String?
    /// The codes it was given.
    public var codes: [Use]
    /// The evidence that rests on it.
    public var evidence: [String]
  }

  /// A code given to a quote.
  public struct Use: Hashable, Sendable, Codable {
    /// The coding's code.
    public var code: String
    /// The code's number and name.
    public var title: String
    /// Who gave it.
    public var coder: String
    /// How strongly it applies, where the study weighs codings.
    public var weight: Int?
    /// The coder's remark.
    public var comment: String
    /// `accepted`, or `proposed` for what no person has decided yet.
    public var status: String
  }
}

extension Collector {
  func quotes() -> [StudyReport.Quote] {
    var uses: [ID<Passage>: [String]] = [:]
    for evidence in project.evidence {
      for passage in index.passages(of: evidence) {
        uses[passage, default: []].append(labels[.evidence(evidence.id)])
      }
    }
    return passages.enumerated().map { offset, passage in
      var quote = StudyReport.Quote(
        number: offset + 1, id: labels[.passage(passage.id)],
        source: labels[.source(passage.source)],
        sourceName: project.sources[passage.source]?.name ?? "", place: "",
        participants: names(owners[passage.id] ?? []), speaker: "", before: "",
        text: passage.anchor?.quote ?? "", after: "", isVerified: false,
        codes: project.codings.codings(ofPassage: passage.id, in: passage.source).filter {
          $0.status != .rejected
        }.map {
          StudyReport.Use(
            code: labels[.code($0.code)], title: labels.title(of: $0.code),
            coder: name(of: $0.created), weight: $0.weight, comment: $0.comment,
            status: $0.status.rawValue)
        },
        evidence: uses[passage.id] ?? [])
      switch passage.region {
      case .whole: quote.place = "\(quote.sourceName), the whole document"
      case .time(let range):
        let (start, end) = (clock(range.lowerBound), clock(range.upperBound))
        quote.place = "\(quote.sourceName), \(start)–\(end) of the recording"
        fillFromTranscript(&quote, of: passage)
      case .pdf(let page, _): quote.place = "\(quote.sourceName), page \(page + 1)"
      case .picture: quote.place = "\(quote.sourceName), part of the picture"
      case .synced:
        quote.place = "\(quote.sourceName), between two points of the recording"
        if project.place(of: passage) != nil { fill(&quote, from: passage) }
      case .text(let span):
        quote.start = Int(span.start)
        quote.end = Int(span.end)
        fill(&quote, from: passage)
      }
      return quote
    }
  }

  private func fill(_ quote: inout StudyReport.Quote, from passage: Passage) {
    do {
      guard let found = try project.quotation(of: passage, by: attribution) else {
        quote.place = "document not in the study"
        quote.problem = "the document is not in the study"
        return
      }
      quote.start = quote.start ?? Int(found.span.start)
      quote.end = quote.end ?? Int(found.span.end)
      quote.line = found.place.line
      quote.column = found.place.column
      quote.place = "\(quote.sourceName), line \(found.place.line)"
      quote.speaker = found.speaker ?? ""
      quote.before = found.before
      quote.text = found.words
      quote.after = found.after
      quote.isVerified = found.isVerified
      // Where the text has changed, what was quoted once is known and what stands there now is not it.
      if !found.isVerified, let anchor = passage.anchor {
        (quote.before, quote.text, quote.after) = ("", anchor.quote, "")
      }
    } catch {
      quote.place = quote.sourceName
      quote.problem = "the text is not available: \(error.reason)"
    }
  }

  /// Gives a stretch of a recording the words of its transcript, where it has one that tells times.
  private func fillFromTranscript(_ quote: inout StudyReport.Quote, of passage: Passage) {
    guard let place = project.place(of: passage),
      let found = try? project.quotation(of: passage, by: attribution)
    else { return }
    let transcript = project.sources[place.source]?.name ?? ""
    quote.place += "; \(transcript), from line \(found.place.line)"
    quote.text = found.words
    quote.speaker = found.speaker ?? ""
    quote.isVerified = found.isVerified
  }

  private func clock(_ milliseconds: Int) -> String {
    let seconds = max(0, milliseconds) / 1000
    func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(pad(seconds / 3600)):\(pad(seconds / 60 % 60)):\(pad(seconds % 60))"
  }
}
