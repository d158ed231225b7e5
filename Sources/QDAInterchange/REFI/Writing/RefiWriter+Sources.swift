internal import QDACore

extension RefiWriter {
  /// Opens the element of a source or of a text that stands for one.
  ///
  /// - Returns: Its text, where that was written.
  @discardableResult
  func open(_ name: StaticString, _ source: Source) -> Text? {
    openElement(name, source.id)
    xml.attribute("name", source.name)
    xml.attribute("richTextPath", source.files.richText ?? "")
    xml.attribute("plainTextPath", source.files.plainText ?? "")
    if source.recording == nil {
      xml.created(source.created)
    } else {
      xml.created(source.created, orModified: source.modified)
    }
    xml.modified(source.modified)
    xml.raw(">\n")
    xml.description(source.description)
    return content(of: source)
  }

  private func openElement<Kind>(_ name: StaticString, _ id: ID<Kind>) {
    xml.raw("    <")
    xml.raw(name)
    xml.attribute("guid", id)
  }

  /// Writes the text of a source where no file of its own holds it, and returns what was written.
  @discardableResult
  private func content(of source: Source) -> Text? {
    guard source.files.plainText == nil,
      let text = try? project.texts.text(of: source.id)
    else { return nil }
    xml.element("PlainTextContent", text.string)
    return text
  }

  /// The codings of a source as a whole.
  func wholeCodings(of source: Source) {
    guard let rows = project.codings.rows(in: source.id), !rows.isPlain else { return }
    for position in 0..<rows.codingCount {
      let passage = rows.passage(ofCodingAt: position)
      guard rows.span(at: passage) == nil, rows.passage(at: passage).region == .whole else {
        continue
      }
      coding(
        rows.codingID(at: position), rows.code(ofCodingAt: position),
        rows.created(ofCodingAt: position))
    }
  }

  // MARK: - Pictures, PDFs and recordings

  func write(media source: Source) {
    let name: (element: StaticString, close: StaticString)
    switch source.medium {
    case .picture: name = ("PictureSource", "    </PictureSource>\n")
    case .pdf: name = ("PDFSource", "    </PDFSource>\n")
    case .audio: name = ("AudioSource", "    </AudioSource>\n")
    default: name = ("VideoSource", "    </VideoSource>\n")
    }
    openElement(name.element, source.id)
    xml.attribute("name", source.name)
    xml.attribute("path", source.files.media ?? "")
    xml.attribute("currentPath", source.files.original ?? "")
    xml.created(source.created)
    xml.modified(source.modified)
    xml.raw(">\n")
    xml.description(source.description)
    let parts = SelectionParts(project, source)
    switch source.medium {
    case .picture:
      representation("TextDescription", of: source, parts)
      selections(of: parts)
    case .pdf:
      selections(of: parts)
      representation("Representation", of: source, parts)
    default:
      for transcript in transcripts[source.id] ?? [] { write(transcript: transcript) }
      selections(of: parts)
    }
    wholeCodings(of: source)
    references(to: .source(source.id))
    values(source.values)
    xml.raw(name.close)
  }

  /// The regions of a source that are no range of its text.
  private func selections(of parts: SelectionParts) {
    for passage in parts.passages {
      for region in [passage.region, passage.twin] {
        switch region {
        case .pdf(let page, let box):
          open("PDFSelection", passage, parts)
          xml.attribute("page", page)
          write(box)
          middle(passage)
          if let quote = passage.anchor?.quote {
            openElement(
              "Representation",
              ID<Representation>(derivedFrom: ["words", passage.id.description]))
            xml.raw(">\n")
            xml.element("PlainTextContent", quote)
            xml.raw("</Representation>\n")
          }
          close(passage, parts)
          xml.raw("      </PDFSelection>\n")
        case .picture(let box):
          open("PictureSelection", passage, parts)
          write(box)
          middle(passage, needsTime: true)
          close(passage, parts)
          xml.raw("      </PictureSelection>\n")
        case .time(let range):
          let isAudio = parts.source.medium == .audio
          open(isAudio ? "AudioSelection" : "VideoSelection", passage, parts)
          xml.attribute("begin", range.lowerBound)
          xml.attribute("end", range.upperBound)
          middle(passage)
          close(passage, parts)
          xml.raw(isAudio ? "      </AudioSelection>\n" : "      </VideoSelection>\n")
        case .synced(let from, let to):
          open("TranscriptSelection", passage, parts)
          xml.attribute("fromSyncPoint", from)
          xml.attribute("toSyncPoint", to)
          middle(passage)
          close(passage, parts)
          xml.raw("      </TranscriptSelection>\n")
        case .text, .whole, nil: break
        }
      }
    }
  }

  private func open(_ name: StaticString, _ passage: Passage, _ parts: SelectionParts) {
    openElement(name, passage.id)
    if !passage.name.isEmpty {
      xml.attribute("name", passage.name)
    } else if case .text(let span) = passage.region, let text = parts.text {
      xml.raw(" name=\"")
      xml.name(of: span, in: text)
      xml.raw("\"")
    }
  }

  private func write(_ box: Box) {
    xml.attribute("firstX", box.first.x)
    xml.attribute("firstY", box.first.y)
    xml.attribute("secondX", box.second.x)
    xml.attribute("secondY", box.second.y)
  }

  private func middle(_ passage: Passage, needsTime: Bool = false) {
    if needsTime {
      xml.created(passage.created, orModified: passage.modified)
    } else {
      xml.created(passage.created)
    }
    xml.modified(passage.modified)
    xml.raw(">\n")
    if !passage.region.isText { xml.description(passage.description) }
  }

  /// Writes the codings of a region; those of a twin under the ids that it has there.
  private func close(_ passage: Passage, _ parts: SelectionParts) {
    for coding in parts.codings[passage.id] ?? [] {
      if !passage.region.isText {
        self.coding(coding.id, coding.code, coding.created)
      } else if let twin = coding.twin {
        self.coding(twin, coding.code, coding.created, hasNotes: false)
      }
    }
    if !passage.region.isText { references(to: .passage(passage.id)) }
  }

  // MARK: - Texts of other sources

  private func representation(
    _ name: StaticString, of source: Source, _ parts: SelectionParts
  ) {
    guard let representation = source.representation else { return }
    var text = Source(id: representation.id.of(), name: representation.name)
    text.files.plainText = source.files.plainText
    text.files.richText = source.files.richText
    (text.created, text.modified) = (representation.created, representation.modified)
    openElement(name, text.id)
    xml.attribute("name", text.name)
    xml.attribute("richTextPath", text.files.richText ?? "")
    if parts.text != nil { xml.attribute("plainTextPath", text.files.plainText ?? "") }
    xml.created(text.created)
    xml.modified(text.modified)
    xml.raw(">\n")
    xml.description(representation.description)
    content(of: source)
    textSelections(of: parts, lineEnd: lineEnd(of: source))
    xml.raw("    </")
    xml.raw(name)
    xml.raw(">\n")
  }

  private func textSelections(of parts: SelectionParts, lineEnd: LineEnd) {
    for passage in parts.passages {
      guard case .text(let span) = passage.region else { continue }
      xml.openTextSelection(
        passage.id, span, name: passage.name, in: parts.text, created: passage.created,
        modified: passage.modified, form.profile, lineEnd: lineEnd)
      xml.description(passage.description)
      for coding in parts.codings[passage.id] ?? [] {
        self.coding(coding.id, coding.code, coding.created)
      }
      references(to: .passage(passage.id))
      xml.raw("      </PlainTextSelection>\n")
    }
  }

  private func write(transcript source: Source) {
    open("Transcript", source)
    let parts = SelectionParts(project, source)
    for point in source.syncPoints {
      xml.raw("      <SyncPoint")
      xml.attribute("guid", point.id)
      xml.attribute("timeStamp", point.time)
      let position = point.position.map {
        form.profile.position(ofScalar: $0, in: parts.text, lineEnd: lineEnd(of: source))
      }
      xml.attribute("position", position)
      xml.raw("/>\n")
    }
    selections(of: parts)
    references(to: .source(source.id))
    xml.raw("    </Transcript>\n")
  }

  // MARK: - Notes

  func write(_ note: Note) {
    openElement("Note", note.id)
    xml.attribute("name", note.title)
    // QualCoder takes a note with an empty name for an annotation only.
    if note.title.isEmpty, note.kind == .annotation { xml.raw(" name=\"\"") }
    xml.attribute("richTextPath", note.files.richText ?? "")
    xml.attribute("plainTextPath", form.noteFiles[note.id] ?? "")
    xml.created(note.stamp, orModified: note.modified)
    xml.modified(note.modified)
    xml.raw(">\n")
    xml.description(note.description)
    if form.noteFiles[note.id] == nil { xml.element("PlainTextContent", note.body) }
    let source: ID<Source> = note.id.of()
    if form.noteSources.contains(source), let source = project.sources[source] {
      textSelections(of: SelectionParts(project, source), lineEnd: .lf)
      wholeCodings(of: source)
      references(to: .note(note.id))
      values(source.values)
    } else {
      references(to: .note(note.id))
    }
    xml.raw("    </Note>\n")
  }
}

/// The passages and codings of a source that are few.
private struct SelectionParts {
  let source: Source
  let passages: [Passage]
  let codings: [ID<Passage>: [Coding]]
  let text: Text?

  init(_ project: Project, _ source: Source) {
    self.source = source
    passages = project.codings.passages(in: source.id)
    codings = Dictionary(grouping: project.codings.codings(in: source.id)) { $0.passage }
    text = try? project.texts.text(of: source.id)
  }
}
