internal import QDACore

/// What a project or codebook file says, before its references are resolved and its texts are read.
struct RefiProject {
  var project = Project(id: ID(high: 0, low: 0), title: "")
  var namespace = ""
  /// Whether the document is a codebook rather than a project.
  var isCodebook = false
  var filling = CodingStore.Filling()
  /// The sources whose text is in the file, with it.
  var inlineTexts: [ID<Source>: String] = [:]
  /// The notes whose text is in a file of their own.
  var noteFiles: [ID<Note>: SourceFiles] = [:]
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
}

/// A GUID of a file whose kind is not known yet.
typealias RefiGUID = ID<Reference>

extension ID {
  /// The same 128 bits as the id of an object of another kind.
  func of<Other>(_ kind: Other.Type = Other.self) -> ID<Other> { ID<Other>(high: high, low: low) }
}
