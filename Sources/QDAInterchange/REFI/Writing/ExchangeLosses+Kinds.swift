/// What can be lost in each format, in the words of the loss report.
///
/// A test compares these lists with what is reported.
extension ExchangeLosses {
  /// What a `.qdpx` cannot hold.
  static let ofArchives =
    ofCodes + [
      "a question of the study",
      "which attribute has the role categories",
      "the slots that configurations may have",
      "that a coder is a machine",
      "that an attribute takes terms or bands",
      "the values that an attribute allows",
      "that a value is missing",
      "that an attribute does not apply",
      "that a value is invalid",
      "what a case is one of",
      "that a case belongs to another",
      "that a whole source is a case's passage",
      "for which case a speaker speaks",
      "an attribute value of a transcript",
      "which recording a source transcribes",
      "a sync point",
      "what sort of document a source is",
      "a turn",
      "a speaker",
      "a mark over the text",
      "a field of a source's header",
      "the text of a recording",
      "characters of a text that the file cannot hold",
      "a text that is not available",
      "the recording or picture of a text",
      "a passage of a source that the project has not",
      "a coding of a source that the project has not",
      "a passage of a kind that its source's element has no place for",
      "a range of a transcript, which becomes a stretch between sync points",
      "the second region of a passage",
      "that two regions are one passage",
      "what became of a passage when its text changed",
      "the words of a passage without a place, shown as its name and description",
      "the name, times and id of a whole source as a passage",
      "a coding of a passage that has no place",
      "a coding that is proposed or rejected",
      "who accepted a proposed coding",
      "the weight of a coding",
      "the second id of a coding",
      "what a note is about, where that has no place",
      "a member of a set that is no code, source, case or note",
      "an end of a link or figure that has no GUID",
      "what sort of note a note is",
      "the comment of a coding, shown as a note",
      "a cell of a chart, shown as a note",
      "a configuration, shown as a note and a graph",
      "a link between configurations, shown as a link between notes",
      "an element that no configuration has",
      "an entry of the realist matrix",
      "a piece of evidence, shown as a link from its configuration to the words",
      "a version of the theory, shown as a note",
      "that codes have the same name",
      "that notes have the same title or none",
      "who made a passage that others have coded",
      "that coders have coded the same passage",
    ]

  /// What a `.qde` cannot hold.
  static let ofFiles =
    ofArchives + ["a formatted text, picture or recording, which only an archive holds"]

  /// What a sidecar does not hold either, and what to do about each.
  static let nowhere = [
    "a text that is not available": "put the file where the source names it, and write again",
    "a formatted text, picture or recording, which only an archive holds":
      "write a .qdpx, or send these files beside the .qde",
  ]

  /// What a `.qdc` cannot hold.
  static let ofCodebooks =
    ofCodes + [
      "a set without codes",
      "members of a set that are no codes",
      "a coder",
      "an attribute",
      "a source",
      "a passage",
      "a coding",
      "a case",
      "a note",
      "a cell",
      "a configuration",
      "a piece of evidence",
      "a version of the theory",
      "a link",
      "a graph",
    ]

  private static let ofCodes = [
    "characters that XML does not allow",
    "a code whose parent is missing or below it",
    "a colour that is not of the form #rrggbb",
    "the number of a code",
    "where a code came from",
    "the role of a code in configurations",
    "what to include, what to exclude and the example of a code",
    "a version of the framework",
    "who has read a source, and for what",
    "a rule that proposes codings",
    "how charts are checked",
    "a category of the mapping",
    "a typology",
    "an explanation",
  ]
}
