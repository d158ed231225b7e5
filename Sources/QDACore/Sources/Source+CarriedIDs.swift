/// An id that a document carries for whoever speaks in it, such as `P10` in `P10R1.txt`.
public struct CarriedID: Hashable, Sendable, Codable {
  /// Where a document carries an id, the surest first.
  public enum Place: String, Hashable, Sendable, Codable, CaseIterable {
    /// In a field of its header, such as `Participant ID: P10`.
    case header
    /// In its name.
    case name
    /// As the label of one who speaks.
    case label
  }

  /// The id as written.
  public var id: String
  /// Where it is.
  public var place: Place

  /// Creates an id.
  public init(_ id: String, in place: Place) {
    self.id = id
    self.place = place
  }
}

extension Source {
  /// What may be the ids of those who speak, each once for each place, the surest place first.
  ///
  /// A name gives itself without its ending, its parts, and of a part such as `P10R1` its beginning.
  public var carriedIDs: [CarriedID] {
    var found: [CarriedID] = []
    var known: Set<CarriedID> = []
    func add(_ id: String, _ place: CarriedID.Place) {
      let one = CarriedID(id, in: place)
      if !id.isEmpty, known.insert(one).inserted { found.append(one) }
    }
    for field in metadata where Self.idFields.contains(Self.key(of: field)) {
      add(field.value, .header)
    }
    let stem = name.lastIndex(of: ".").map { $0 == name.startIndex ? name[...] : name[..<$0] }
    let whole = stem ?? name[...]
    add(String(whole), .name)
    for part in whole.split(whereSeparator: { "_-–. ()[],/".contains($0) }) {
      let letters = part.prefix { $0.isLetter }
      let digits = part.dropFirst(letters.count).prefix { $0.isNumber }
      guard !letters.isEmpty, !digits.isEmpty else { continue }
      add(String(part), .name)
      add(String(letters + digits), .name)
    }
    for speaker in speakers where speaker.role != .interviewer && speaker.role != .collective {
      add(speaker.label, .label)
    }
    return found
  }

  private static func key(of field: MetadataField) -> String {
    let name = field.name.lowercased().split { $0 == " " || $0 == "-" }.joined(separator: " ")
    return name.hasSuffix(".") ? String(name.dropLast()) : name
  }

  private static let idFields: Set<String> = [
    "participant id", "participant", "interviewee", "respondent", "respondent id", "case",
    "case id", "id", "pseudonym", "narrator", "interviewee id", "interview with", "interview id",
    "participant code", "code participant", "teilnehmer", "teilnehmerin", "teilnehmer id",
    "teilnehmerin id", "teilnehmercode", "befragte", "befragter", "befragten id", "interview nr",
    "participante", "código", "código del participante", "código do participante",
    "codice partecipante", "enquêté", "enquêtée", "deelnemer", "deelneemster",
  ]
}
