internal import QDACore

/// What a project or codebook file says, before its references are resolved and its texts are read.
struct RefiProject {
  var project = Project(id: ID(high: 0, low: 0), title: "")
  /// The file's name, for messages.
  var file = ""
  var namespace = ""
  /// Whether the document is a codebook rather than a project.
  var isCodebook = false
  var filling = CodingStore.Filling()
  /// The sources whose text is in the file, with it.
  var inlineTexts: [ID<Source>: String] = [:]
  /// The texts of notes that are sources too, as their files have them.
  var noteTexts: [ID<Source>: PositionedText] = [:]
  /// The notes whose text is in a file of their own.
  var noteFiles: [ID<Note>: SourceFiles] = [:]
  /// The values of attributes that notes have.
  var noteValues: [ID<Note>: Values] = [:]
  /// The files that the words of boxes on pages are in.
  var quoteFiles: [ID<Passage>: String] = [:]
  /// What is noted about what, by GUID, in the order of the document.
  var noteRefs: [(note: RefiGUID, about: Reference)] = []
  /// The ends of links, by GUID.
  var linkEnds: [ID<ObjectLink>: (origin: RefiGUID?, target: RefiGUID?)] = [:]
  /// The members of sets, by GUID, each with the kind that its element promises.
  var members: [ID<ObjectSet>: [(kind: RefiName, guid: RefiGUID)]] = [:]
  /// What figures and lines of graphs stand for, by GUID.
  var vertexObjects: [ID<Graph.Vertex>: RefiGUID] = [:]
  var lineObjects: [ID<Graph.Line>: RefiGUID] = [:]
  /// What cases refer to, by GUID.
  var caseSources: [ID<Case>: [RefiGUID]] = [:]
  var caseSelections: [ID<Case>: [RefiGUID]] = [:]
  var findings = RefiFindings()
  var spellings = IDSpellings()

  /// Whether the file was written here.
  var isOwn: Bool { project.origin?.program.hasPrefix("QDA ") == true }
}

/// A GUID of a file whose kind is not known yet.
typealias RefiGUID = ID<Reference>

/// How the GUIDs of a file are spelled, counted over objects that are few.
struct IDSpellings {
  private var upper = 0
  private var lower = 0
  private var braced = 0
  private var bare = 0

  mutating func look(at guid: String) {
    if guid.hasPrefix("{") { braced += 1 } else { bare += 1 }
    if guid.utf8.contains(where: { (0x41...0x46).contains($0) }) { upper += 1 }
    if guid.utf8.contains(where: { (0x61...0x66).contains($0) }) { lower += 1 }
  }

  /// The style of most.
  var style: IDStyle { IDStyle(isUppercase: upper > lower, hasBraces: braced > bare) }
}

extension ID {
  /// The same 128 bits as the id of an object of another kind.
  func of<Other>(_ kind: Other.Type = Other.self) -> ID<Other> { ID<Other>(high: high, low: low) }
}
