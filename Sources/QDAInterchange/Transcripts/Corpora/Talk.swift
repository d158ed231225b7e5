internal import QDACore

/// What somebody says in a file that names its speakers, before there is a text.
struct Utterance {
  /// A stretch with times of its own.
  struct Piece {
    var id: String?
    var text: [Unicode.Scalar]
    var start: Int?
    var end: Int?
    /// What lies over its text.
    var marks: [(kind: Mark.Kind, range: Range<Int>)] = []
  }

  /// The labels of its speakers; none where nobody is named.
  var speakers: [String] = []
  /// The stretches in order; each becomes a line.
  var pieces: [Piece] = []
  /// Whether a time was worked out from those around it.
  var isInterpolated = false

  /// When it starts.
  var start: Int? { pieces.lazy.compactMap(\.start).first }
  /// When it ends.
  var end: Int? { pieces.lazy.reversed().compactMap(\.end).first }
  /// Whether nothing is said in it.
  var isEmpty: Bool { pieces.allSatisfy { $0.text.allSatisfy(\.isLayoutSpace) } }

  init(
    _ speakers: [String], _ text: String, id: String? = nil, start: Int? = nil,
    end: Int? = nil, isInterpolated: Bool = false
  ) {
    self.speakers = speakers
    self.isInterpolated = isInterpolated
    pieces = [Piece(id: id, text: Array(text.unicodeScalars), start: start, end: end)]
  }

  init(_ speakers: [String], pieces: [Piece]) {
    self.speakers = speakers
    self.pieces = pieces
  }
}

/// What a tier says of an utterance or of a stretch of time.
struct TierNote {
  /// The piece of talk that it speaks of, with the part of its text, or all of it.
  struct Target {
    var utterance: Int
    var piece = 0
    var range: Range<Int>?
  }

  var tier: String
  var value: String
  var annotator: String?
  var start: Int?
  var end: Int?
  var target: Target?
  /// Whose words it speaks of, where the file says so.
  var participant: String?
}

/// The talk of a file that names its speakers, with what its tiers say.
struct Talk {
  var utterances: [Utterance] = []
  var notes: [TierNote] = []
  var metadata: [MetadataField] = []
  var roles: [String: SpeakerRole] = [:]
  var diagnostics: [Diagnostic] = []
  /// Whether utterances of one speaker that follow each other are one turn.
  var gathers = false

  /// Puts the utterances in the order of their start; those that begin together stay as they are.
  ///
  /// An utterance without a time stays behind the one that it follows.
  mutating func sortByTime() {
    var keys: [Int] = []
    var last = Int.min
    for utterance in utterances {
      last = utterance.start ?? last
      keys.append(last)
    }
    let order = utterances.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    var places = [Int](repeating: 0, count: order.count)
    for (place, index) in order.enumerated() { places[index] = place }
    utterances = order.map { utterances[$0] }
    for index in notes.indices {
      guard let target = notes[index].target else { continue }
      notes[index].target?.utterance = places[target.utterance]
    }
  }

  /// Makes a text of the talk: a line for each piece, without white at its ends.
  func rendered(name: String, options: TranscriptOptions) -> Rendered {
    var text = ""
    var length = 0
    var analysis = TranscriptAnalysis()
    var turns: [CutTurn] = []
    var estimated: [Bool] = []
    let knowledge = LabelKnowledge(options)
    var decision = LabelDecision(knowledge)
    var labels: [Int: String] = [:]
    var pieces: [(key: Int?, range: Range<Int>, piece: Utterance.Piece)] = []
    // Where each piece went, and how much white before it stayed behind.
    var places: [[(range: Range<Int>, cut: Int)?]] = []
    for utterance in utterances {
      let isNamed = options.layout != Layout.none
      var keys: [Int] = []
      for label in utterance.speakers where isNamed {
        let key = knowledge.key(of: label)
        if key.isEmpty { continue }
        let speaker = decision.add(voice: key)
        if keys.contains(speaker) { continue }
        keys.append(speaker)
        labels[speaker] = labels[speaker] ?? label
      }
      var turn = CutTurn(speakers: keys)
      var found: [(range: Range<Int>, cut: Int)?] = []
      for piece in utterance.pieces {
        guard let first = piece.text.firstIndex(where: { !$0.isLayoutSpace }),
          let last = piece.text.lastIndex(where: { !$0.isLayoutSpace })
        else {
          found.append(nil)
          continue
        }
        if length > 0 {
          text += "\n"
          length += 1
        }
        let start = text.utf8.count
        text += String(String.UnicodeScalarView(piece.text[first...last]))
        turn.ranges.append(start..<text.utf8.count)
        let range = length..<length + last + 1 - first
        length = range.upperBound
        found.append((range, first))
        pieces.append((keys.first, range, piece))
        for mark in piece.marks {
          let place = Self.clamp(mark.range, cut: first, into: range)
          analysis.marks.append(Mark(mark.kind, TextSpan(scalars: place)))
        }
      }
      places.append(found)
      guard let start = turn.ranges.first?.lowerBound else { continue }
      turn.start = utterance.start
      turn.end = utterance.end
      if gathers, !options.ignored.contains(.joinedCues), let last = turns.indices.last,
        turns[last].speakers == keys
      {
        turns[last].ranges += turn.ranges
        turns[last].end = turn.end ?? turns[last].end
        estimated[last] = estimated[last] || utterance.isInterpolated
        continue
      }
      if !keys.isEmpty {
        let label = utterance.speakers.joined(separator: " & ")
        turn.label = CutLabel(voice: decision.number(ofName: label), at: start)
      }
      turns.append(turn)
      estimated.append(utterance.isInterpolated)
    }
    decision.nameByVoice()
    analysis.metadata = metadata
    analysis.diagnostics = diagnostics
    var header = HeaderBlock()
    for (label, role) in roles { header.roles[LabelKey.key(of: label)] = role }
    let cast = analysis.fill(
      turns, decision: decision, lines: Lines(text), name: name, options: options, header: header)
    for (key, label) in labels {
      // Somebody who never speaks alone has no spelling of their own.
      guard let index = cast.index(of: decision.owner(of: key)),
        analysis.speakers[index].label == decision.labels.keys[key]
      else { continue }
      analysis.speakers[index].label = label
      analysis.report.accepted[index].label = label
    }
    for index in analysis.turns.indices {
      analysis.turns[index].isInterpolated = estimated[index]
    }
    var result = Rendered(
      text, analysis,
      cues: pieces.map { key, range, piece in
        Cue(
          id: piece.id, speaker: key.flatMap { cast.index(of: decision.owner(of: $0)) },
          span: TextSpan(scalars: range), start: piece.start, end: piece.end)
      })
    result.codings = notes.map { note in
      var span: TextSpan?
      if let target = note.target, let place = places[target.utterance][target.piece] {
        let range =
          target.range.map { Self.clamp($0, cut: place.cut, into: place.range) } ?? place.range
        span = TextSpan(scalars: range)
      }
      return TierCoding(
        tier: note.tier, value: note.value, annotator: note.annotator, span: span,
        start: note.start, end: note.end)
    }
    return result
  }

  private static func clamp(_ range: Range<Int>, cut: Int, into place: Range<Int>) -> Range<Int> {
    func moved(_ offset: Int) -> Int {
      min(max(offset - cut + place.lowerBound, place.lowerBound), place.upperBound)
    }
    return moved(range.lowerBound)..<moved(range.upperBound)
  }
}
