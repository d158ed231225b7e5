internal import QDACore

/// Elements and attributes that many parts of a project have.
extension XMLBuffer {
  mutating func attribute(_ name: StaticString, _ value: String) {
    if value.isEmpty { return }
    raw(" ")
    raw(name)
    raw("=\"")
    attribute(value)
    raw("\"")
  }

  mutating func attribute<Kind>(_ name: StaticString, _ id: ID<Kind>?) {
    guard let id else { return }
    raw(" ")
    raw(name)
    raw("=\"")
    guid(id)
    raw("\"")
  }

  mutating func attribute(_ name: StaticString, _ number: Int?) {
    guard let number else { return }
    raw(" ")
    raw(name)
    raw("=\"")
    self.number(number)
    raw("\"")
  }

  mutating func attribute(_ name: StaticString, _ time: Timestamp?) {
    guard let time else { return }
    raw(" ")
    raw(name)
    raw("=\"")
    self.time(time)
    raw("\"")
  }

  mutating func created(_ stamp: Stamp) { bounded(by: 140) { $0.created(stamp) } }

  /// Says who made a note, transcript or region of a picture, and when.
  ///
  /// QualCoder ends its import at one that has no time at all.
  mutating func created(_ stamp: Stamp, orModified modified: Stamp) {
    var stamp = stamp
    if stamp.at == nil, modified.at == nil { stamp.at = .standsForNone }
    created(stamp)
  }

  mutating func modified(_ stamp: Stamp) { bounded(by: 140) { $0.modified(stamp) } }

  mutating func description(_ text: String) {
    if text.isEmpty { return }
    element("Description", text)
  }

  mutating func element(_ name: StaticString, _ text: String) {
    raw("<")
    raw(name)
    raw(">")
    content(text)
    raw("</")
    raw(name)
    raw(">\n")
  }

  mutating func target<Kind>(_ name: StaticString, _ id: ID<Kind>) {
    raw("<")
    raw(name)
    attribute("targetGUID", id)
    raw("/>\n")
  }

  mutating func references(_ notes: [ID<Note>]) {
    for note in notes { target("NoteRef", note) }
  }

  mutating func coding(
    _ id: ID<Coding>, _ code: ID<Code>, _ stamp: Stamp, notes: [ID<Note>]
  ) {
    bounded(by: 320) {
      $0.raw("        <Coding guid=\"")
      $0.guid(id)
      $0.raw("\"")
      $0.created(stamp)
      $0.raw(">\n          <CodeRef targetGUID=\"")
      $0.guid(code)
      $0.raw("\"/>\n")
    }
    references(notes)
    raw("        </Coding>\n")
  }

  mutating func openTextSelection(
    _ id: ID<Passage>, _ span: TextSpan, name: String?, in text: Text?, created: Stamp,
    modified: Stamp, _ profile: ExchangeProfile, lineEnd: LineEnd
  ) {
    bounded(by: 80) {
      $0.raw("      <PlainTextSelection guid=\"")
      $0.guid(id)
      $0.raw("\"")
    }
    if let name, !name.isEmpty {
      attribute("name", name)
    } else if let text {
      raw(" name=\"")
      self.name(of: span, in: text)
      raw("\"")
    }
    let start = profile.position(ofScalar: Int(span.start), in: text, lineEnd: lineEnd)
    let end = profile.position(ofScalar: Int(span.end), in: text, lineEnd: lineEnd)
    bounded(by: 360) {
      $0.raw(" startPosition=\"")
      $0.number(start)
      $0.raw("\" endPosition=\"")
      $0.number(end)
      $0.raw("\"")
      $0.created(created)
      $0.modified(modified)
      $0.raw(">\n")
    }
  }
}
