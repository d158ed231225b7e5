internal import QDACore

extension ExchangeForm {
  /// Says the passages and codings of a source as its element in the file can.
  mutating func holdPassages(of id: ID<Source>) {
    guard let rows = original.codings.rows(in: id) else { return }
    guard let source = project.sources[id] else {
      losses.add("a passage of a source that the project has not", count: rows.passageCount)
      losses.add("a coding of a source that the project has not", count: rows.codingCount)
      replace([], [], in: id)
      return
    }
    let isTranscript = isTranscript(original.sources[id] ?? source)
    if rows.isPlain, source.medium == .text, !isTranscript { return }
    var block = HeldBlock(source: source, isTranscript: isTranscript)
    for position in 0..<rows.passageCount {
      hold(rows.passage(at: position), in: &block)
    }
    for position in 0..<rows.codingCount {
      hold(rows.coding(at: position), in: &block)
    }
    if !block.addedPoints.isEmpty {
      project.sources[id]?.syncPoints += block.addedPoints
    }
    let passages = block.passages.filter { $0.region != .whole || block.coded.contains($0.id) }
    if passages == (0..<rows.passageCount).map({ rows.passage(at: $0) }),
      block.codings == (0..<rows.codingCount).map({ rows.coding(at: $0) })
    {
      return
    }
    replace(Array(passages), block.codings, in: id)
  }

  mutating func replace(
    _ passages: [Passage], _ codings: [Coding], in id: ID<Source>
  ) {
    changedBlocks.insert(id)
    project.codings.replace(passages, codings: codings, in: id)
  }

  /// The passages of one source on their way into the form.
  private struct HeldBlock {
    let source: Source
    let isTranscript: Bool
    var passages: Table<Passage> = []
    var codings: [Coding] = []
    var coded: Set<ID<Passage>> = []
    var addedPoints: [SyncPoint] = []
    /// The passages that were made of the second region of another.
    var twins: [ID<Passage>: ID<Passage>] = [:]

    /// Whether the source's element has a place for a region.
    func holds(_ region: Region) -> Bool {
      switch (region, source.medium) {
      case (.whole, _): !isTranscript
      case (.text, .text), (.text, .pdf), (.text, .picture): true
      case (.pdf, .pdf), (.picture, .picture): true
      case (.time, .audio), (.time, .video): true
      case (.synced, .text): isTranscript
      default: false
      }
    }
  }

  private mutating func hold(_ passage: Passage, in block: inout HeldBlock) {
    guard block.holds(passage.region) else {
      losses.add("a passage of a kind that its source's element has no place for")
      movedPassages[passage.id] = .some(nil)
      return
    }
    var held = passage
    held.verdict = passage.verdict == .unverified ? .unverified : .unchanged
    held.anchor = nil
    held.name = allowed(passage.name)
    held.description = allowed(passage.description)
    if !passage.region.isText || block.isTranscript {
      held.created = passage.created.withoutStandIn(modified: passage.modified)
    }
    switch passage.region {
    case .whole:
      holdWhole(passage, in: &block)
      return
    case .text(let span) where block.isTranscript:
      held.region = .synced(
        from: point(at: span.start, in: &block), to: point(at: span.end, in: &block))
      losses.add("a range of a transcript, which becomes a stretch between sync points")
    case .pdf where passage.twin?.isText == true, .picture where passage.twin?.isText == true:
      (held.region, held.twin) = (passage.twin ?? passage.region, passage.region)
    case .pdf:
      if let quote = passage.anchor?.quote, !quote.isEmpty {
        held.anchor = Anchor(quote: allowed(quote))
      }
    default: showWords(of: passage, in: &held)
    }
    if let twin = held.twin, !held.region.isText || twin.isText || !block.holds(twin) {
      held.twin = nil
      losses.add("the second region of a passage")
    }
    if let twin = held.twin, profile.separatesTwins {
      var second = Passage(
        id: ID(derivedFrom: ["twin", held.id.description]), source: held.source, region: twin,
        created: held.created, modified: held.modified)
      second.name = held.name
      block.twins[held.id] = second.id
      block.passages.insert(second)
      held.twin = nil
      losses.add("that two regions are one passage")
    }
    if passage.anchor != held.anchor || passage.verdict != held.verdict,
      passage.verdict != .unverified
    {
      losses.add("what became of a passage when its text changed")
    }
    block.passages.insert(held)
  }

  /// Shows the words of a passage whose place is not known, for which there is nothing else to show.
  private mutating func showWords(of passage: Passage, in held: inout Passage) {
    guard let quote = passage.anchor?.quote, !quote.isEmpty, passage.region.isText else { return }
    switch passage.verdict {
    case .unverified, .orphaned, .ambiguous: break
    case .unchanged, .shifted, .fuzzy, .split: return
    }
    losses.add("the words of a passage without a place, shown as its name and description", quote)
    let words = allowed(quote)
    if held.name.isEmpty { held.name = SelectionName.of(words) }
    if held.description.isEmpty {
      held.description = words
    } else if !held.description.contains(words) {
      held.description += "\n" + words
    }
  }

  private mutating func holdWhole(_ passage: Passage, in block: inout HeldBlock) {
    let whole = Passage(
      id: ID(derivedFrom: ["whole", block.source.id.description]), source: block.source.id,
      region: .whole)
    block.passages.insert(whole)
    movedPassages[passage.id] = whole.id
    if passage != whole { losses.add("the name, times and id of a whole source as a passage") }
  }

  private mutating func point(
    at offset: UInt32, in block: inout HeldBlock
  ) -> ID<SyncPoint> {
    let id = ID<SyncPoint>(
      derivedFrom: ["position", block.source.id.description, "\(offset)"])
    if !block.addedPoints.contains(where: { $0.id == id }) {
      block.addedPoints.append(SyncPoint(id: id, position: Int(offset)))
    }
    return id
  }

  private mutating func hold(_ coding: Coding, in block: inout HeldBlock) {
    var held = coding
    switch movedPassages[coding.passage] {
    case .some(.none):
      losses.add("a coding of a passage that has no place")
      droppedCodings.insert(coding.id)
      return
    case .some(.some(let moved)): held.passage = moved
    case .none: break
    }
    guard coding.status == .accepted else {
      losses.add("a coding that is proposed or rejected")
      droppedCodings.insert(coding.id)
      return
    }
    if coding.weight != nil { losses.add("the weight of a coding") }
    held.weight = nil
    if coding.decision != nil { losses.add("who accepted a proposed coding") }
    held.decision = nil
    if !coding.comment.isEmpty {
      show(coding, on: block.passages[held.passage], in: block.source)
      held.comment = ""
    }
    if let twin = coding.twin {
      if let passage = block.twins[coding.passage] {
        block.codings.append(
          Coding(
            id: twin, passage: passage, code: coding.code, created: coding.created,
            provenance: coding.provenance))
        held.twin = nil
      } else if block.passages[held.passage]?.twin == nil {
        held.twin = nil
        losses.add("the second id of a coding")
      }
    }
    block.coded.insert(held.passage)
    block.codings.append(held)
  }
}

extension Region {
  var isText: Bool { if case .text = self { true } else { false } }
}
