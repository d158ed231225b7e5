/// The names of elements and attributes that REFI-QDA knows, by their local part.
enum RefiName: String, CaseIterable {
  // Elements of projects and codebooks.
  case project = "Project"
  case codeBook = "CodeBook"
  case users = "Users"
  case user = "User"
  case codes = "Codes"
  case code = "Code"
  case variables = "Variables"
  case variable = "Variable"
  case cases = "Cases"
  case `case` = "Case"
  case sources = "Sources"
  case textSource = "TextSource"
  case pictureSource = "PictureSource"
  case pdfSource = "PDFSource"
  case audioSource = "AudioSource"
  case videoSource = "VideoSource"
  case textDescription = "TextDescription"
  case representation = "Representation"
  case transcript = "Transcript"
  case syncPoint = "SyncPoint"
  case plainTextContent = "PlainTextContent"
  case plainTextSelection = "PlainTextSelection"
  case pictureSelection = "PictureSelection"
  case pdfSelection = "PDFSelection"
  case audioSelection = "AudioSelection"
  case videoSelection = "VideoSelection"
  case transcriptSelection = "TranscriptSelection"
  case coding = "Coding"
  case codeRef = "CodeRef"
  case noteRef = "NoteRef"
  case sourceRef = "SourceRef"
  case selectionRef = "SelectionRef"
  case variableRef = "VariableRef"
  case variableValue = "VariableValue"
  case textValue = "TextValue"
  case booleanValue = "BooleanValue"
  case integerValue = "IntegerValue"
  case floatValue = "FloatValue"
  case dateValue = "DateValue"
  case dateTimeValue = "DateTimeValue"
  case notes = "Notes"
  case note = "Note"
  case links = "Links"
  case link = "Link"
  case sets = "Sets"
  case set = "Set"
  case memberCode = "MemberCode"
  case memberSource = "MemberSource"
  case memberNote = "MemberNote"
  case graphs = "Graphs"
  case graph = "Graph"
  case vertex = "Vertex"
  case edge = "Edge"
  case description = "Description"
  // Attributes.
  case guid
  case name
  case id
  case origin
  case basePath
  case creatingUserGUID
  case creationDateTime
  case modifyingUserGUID
  case modifiedDateTime
  case creatingUser
  case modifyingUser
  case isCodable
  case color
  case typeOfVariable
  case richTextPath
  case plainTextPath
  case path
  case currentPath
  case startPosition
  case endPosition
  case firstX
  case firstY
  case secondX
  case secondY
  case page
  case begin
  case end
  case fromSyncPoint
  case toSyncPoint
  case timeStamp
  case position
  case targetGUID
  case originGUID
  case representedGUID
  case sourceVertex
  case targetVertex
  case direction
  case lineStyle
  case shape

  /// Whether some programs describe such an element in an attribute, as the standard does not.
  var isDescribed: Bool {
    switch self {
    case .project, .variable, .case, .textSource, .pictureSource, .pdfSource, .audioSource,
      .videoSource, .textDescription, .representation, .transcript, .pictureSelection,
      .pdfSelection, .audioSelection, .videoSelection, .transcriptSelection, .note:
      true
    default: false
    }
  }

  /// The attributes that the schema, or a vendor, gives to an element; `nil` for any.
  var attributes: Set<RefiName>? {
    let made: Set<RefiName> = [.creatingUser, .creationDateTime, .modifyingUser, .modifiedDateTime]
    let named: Set<RefiName> = [.guid, .name]
    switch self {
    case .project:
      return [
        .name, .origin, .basePath, .creatingUserGUID, .creationDateTime, .modifyingUserGUID,
        .modifiedDateTime,
      ]
    case .codeBook: return [.origin]
    case .user: return named.union([.id])
    case .code: return named.union([.isCodable, .color])
    case .variable: return named.union([.typeOfVariable])
    case .case, .set, .graph: return named
    case .variableValue: return []
    case .variableRef, .sourceRef, .selectionRef, .memberCode, .memberSource, .memberNote:
      return [.guid, .targetGUID]
    case .textSource, .textDescription, .representation, .transcript, .note:
      return made.union(named).union([.richTextPath, .plainTextPath])
    case .pictureSource, .pdfSource, .audioSource, .videoSource:
      return made.union(named).union([.path, .currentPath])
    case .pictureSelection: return made.union(named).union([.firstX, .firstY, .secondX, .secondY])
    case .pdfSelection:
      return made.union(named).union([.page, .firstX, .firstY, .secondX, .secondY])
    case .audioSelection, .videoSelection: return made.union(named).union([.begin, .end])
    case .transcriptSelection: return made.union(named).union([.fromSyncPoint, .toSyncPoint])
    case .syncPoint: return [.guid, .timeStamp, .position]
    case .link: return named.union([.direction, .color, .originGUID, .targetGUID])
    case .vertex:
      return named.union([
        .representedGUID, .firstX, .firstY, .secondX, .secondY, .shape, .color,
      ])
    case .edge:
      return named.union([
        .representedGUID, .sourceVertex, .targetVertex, .color, .direction, .lineStyle,
      ])
    default: return nil
    }
  }

  /// The vocabulary of a parser, in the order of the cases.
  static let vocabulary = allCases.map(\.rawValue)
}
