internal import Dispatch
internal import QDACore
internal import Synchronization

extension ExchangeForm {
  /// A source that is the text of a note is written with the note, so that both keep their id.
  mutating func findNoteSources() {
    for note in original.notes {
      let id: ID<Source> = note.id.of()
      guard let source = original.sources[id], source.medium == .text,
        source.kind == .memo, original.codings.rows(in: id) != nil || !source.values.isEmpty,
        (try? original.texts.text(of: id))?.string == note.body
      else { continue }
      noteSources.insert(id)
    }
  }

  /// Whether a source is written as the transcript of a recording.
  func isTranscript(_ source: Source) -> Bool {
    guard source.medium == .text, !noteSources.contains(source.id),
      let recording = source.recording.flatMap({ original.sources[$0] })
    else { return false }
    return recording.medium == .audio || recording.medium == .video
  }

  mutating func hold(_ source: Source, _ text: HeldText?) {
    let isNote = noteSources.contains(source.id)
    let isTranscript = isTranscript(source)
    var held = Source(
      id: source.id, name: allowed(source.name),
      kind: isNote ? .memo : isTranscript ? .transcript : .document, medium: source.medium,
      description: allowed(source.description), created: source.created,
      modified: source.modified, files: files(of: source))
    if isNote, let note = original.notes[source.id.of()] {
      held.name = allowed(note.title)
      (held.created, held.modified, held.description) = (note.stamp, note.modified, "")
      held.files = note.files
    }
    if isTranscript {
      losses.add("an attribute value of a transcript", count: source.values.count)
    } else {
      held.values = self.held(source.values)
    }
    if isTranscript {
      held.created = source.created.withoutStandIn(modified: source.modified)
      held.recording = source.recording
      held.syncPoints = source.syncPoints
    } else {
      if source.recording != nil { losses.add("which recording a source transcribes", source.name) }
      losses.add("a sync point", source.name, count: source.syncPoints.count)
    }
    hold(text, of: source, in: &held)
    if source.kind != held.kind { losses.add("what sort of document a source is", source.name) }
    losses.add("a turn", source.name, count: source.turns.count)
    losses.add("a speaker", source.name, count: source.speakers.count)
    losses.add("a mark over the text", source.name, count: source.marks.count)
    losses.add("a field of a source's header", source.name, count: source.metadata.count)
    project.sources.insert(held)
  }

  // MARK: - Text

  /// What the file says of a text.
  struct HeldText {
    var digest: Digest
    var isEmpty: Bool
    /// The text as the file has it, where that is another.
    var exact: Text?
  }

  private func hasPlace(forTextOf source: Source) -> Bool {
    source.medium == .text || source.medium == .pdf || source.medium == .picture
  }

  /// Whether a text is looked at: one that another file holds was cleaned when it was read.
  private func isLookedAt(_ source: Source) -> Bool {
    original.texts is MemoryTexts || kind == .file || source.rendition.text == nil
  }

  /// Looks at the texts, each when it is a thread's turn, because reading them takes time.
  func lookAtTexts() -> [ID<Source>: HeldText] {
    let sources = original.sources.filter { isLookedAt($0) }
    let found = Mutex<[ID<Source>: HeldText]>([:])
    DispatchQueue.concurrentPerform(iterations: sources.count) { index in
      let source = sources[index]
      guard let text = try? original.texts.text(of: source.id) else { return }
      let exact = hasPlace(forTextOf: source) ? exchangeable(text) : nil
      let held = HeldText(
        digest: (exact ?? text).digest, isEmpty: text.scalarCount == 0, exact: exact)
      found.withLock { $0[source.id] = held }
    }
    return found.withLock { $0 }
  }

  private mutating func hold(_ text: HeldText?, of source: Source, in held: inout Source) {
    held.rendition = Rendition(text: source.rendition.text)
    if isLookedAt(source) {
      held.rendition.text = text?.digest
      if let text, !hasPlace(forTextOf: source) {
        held.rendition.text = nil
        losses.add("the text of a recording", source.name, count: text.isEmpty ? 0 : 1)
      } else if let text {
        if let exact = text.exact {
          losses.add("characters of a text that the file cannot hold", source.name)
          heldTexts[source.id] = exact
        }
      } else {
        // An empty file would be taken for the text.
        held.files.plainText = nil
        let hadText = source.rendition.text != nil || source.files.plainText != nil
        if source.medium == .text, hadText {
          losses.add("a text that is not available", source.name)
        }
      }
    }
    guard source.medium == .pdf || source.medium == .picture else { return }
    let hasWords =
      held.rendition.text != nil || source.representation != nil
      || original.codings.rows(in: source.id)?.hasText == true
    guard hasWords else { return }
    var representation =
      source.representation
      ?? Representation(id: ID(derivedFrom: ["representation", source.id.description]))
    representation.name = allowed(representation.name)
    representation.description = allowed(representation.description)
    held.representation = representation
  }

  /// The text as the file says it, where that differs: a carriage return would be read as a line end.
  private func exchangeable(_ text: Text) -> Text? {
    XMLText.replacing(in: text.string) {
      $0 == "\r" || kind == .file && XMLText.isForbidden($0)
    }.map { Text($0) }
  }

  // MARK: - Files

  /// What the file says of the files of a source; the text of an archive gets one of its own.
  private mutating func files(of source: Source) -> SourceFiles {
    var files = SourceFiles()
    if kind == .archive, source.medium != .audio, source.medium != .video {
      let own = RefiPath.ownText(of: source.id)
      let given = source.files.plainText ?? own
      files.plainText =
        RefiPath.internalName(given)?.lowercased().hasSuffix(".txt") == true
          && plainTextNames.insert(given.lowercased()).inserted ? given : own
      plainTextNames.insert(own)
    }
    files.richText = held(source.files.richText)
    if source.medium != .text {
      files.media = held(source.files.media)
      files.original = source.files.original.map { allowed($0) }
    } else if source.files.media != nil || source.files.original != nil {
      losses.add("the recording or picture of a text", source.name)
    }
    return files
  }

  mutating func held(_ path: String?) -> String? {
    guard let path else { return nil }
    if RefiPath.internalName(path) != nil, kind == .file {
      losses.add("a formatted text, picture or recording, which only an archive holds", path)
      return nil
    }
    return allowed(path)
  }
}

extension CodingStore.Rows {
  /// Whether any passage is a range of the text.
  fileprivate var hasText: Bool { (0..<passageCount).contains { span(at: $0) != nil } }
}

/// Paths as REFI-QDA has them.
enum RefiPath {
  private static let scheme = "internal://"

  /// The name of a file in the archive, or `nil` for one outside of it.
  static func internalName(_ path: String) -> String? {
    guard path.hasPrefix(scheme) else { return nil }
    let name = String(path.dropFirst(scheme.count))
    let isPlain =
      !name.isEmpty && name != "." && name != ".."
      && !name.contains { $0 == "/" || $0 == "\\" || $0 == "\0" }
    return isPlain ? name : nil
  }

  /// The path of the text of an object whose file is named after it.
  static func ownText<Kind>(of id: ID<Kind>) -> String { "\(scheme)\(id).txt" }

  /// Whether a path is the one that the text of an object gets anyhow.
  static func isOwnText<Kind>(_ path: String?, of id: ID<Kind>) -> Bool {
    path?.lowercased() == ownText(of: id)
  }

  /// Whether a path says where on somebody's machine a file is.
  static func isAbsolute(_ path: String) -> Bool {
    let lower = path.lowercased()
    if lower.hasPrefix("absolute:") || lower.hasPrefix("file:") || lower.hasPrefix("/") {
      return true
    }
    if lower.hasPrefix("\\\\") { return true }
    let start = Array(lower.utf8.prefix(2))
    return start.count == 2 && start[1] == UInt8(ascii: ":")
      && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(start[0])
  }
}
