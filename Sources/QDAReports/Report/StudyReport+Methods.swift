internal import QDACore

extension StudyReport {
  /// An item of the reporting standards for realist evaluations, with what the study can say to it.
  public struct ChecklistItem: Hashable, Sendable, Codable {
    /// The item's number, from 1 to 20.
    public var number: Int
    /// What it asks for.
    public var item: String
    /// `met`, `partial` or `cannot know`.
    public var status: String
    /// What the study has, or why it cannot be known from it.
    public var words: String
  }

  /// A step in the life of the theory.
  public struct ChangeEntry: Hashable, Sendable, Codable {
    /// When, as recorded; empty where no time was.
    public var at: String
    /// Who; empty where nobody is recorded.
    public var by: String
    /// The configuration or statement, by key.
    public var object: String
    /// What was done.
    public var what: String
    /// Why, or "not reported".
    public var why: String
  }
}

extension Collector {
  /// Decisions on configurations, searches for negative cases and moves of the theory, by time.
  func changes() -> [StudyReport.ChangeEntry] {
    var found: [(time: Timestamp?, entry: StudyReport.ChangeEntry)] = []
    func add(_ stamp: Stamp, _ object: String, _ what: String, _ why: String) {
      found.append(
        (
          stamp.at,
          StudyReport.ChangeEntry(
            at: time(of: stamp), by: name(of: stamp), object: object, what: what,
            why: why.isEmpty ? StudyReport.notReported : why)
        ))
    }
    for one in project.configurations {
      let object = labels[.configuration(one.id)]
      var what = one.status.rawValue
      if !one.parents.isEmpty {
        what += ", made from " + Words.list(one.parents.map { labels[.configuration($0)] })
      }
      if let origin = one.origin {
        what += ", proposed by rule \(origin.method), version \(origin.version)"
      }
      add(one.stamp, object, what, one.reason)
      for search in one.searches {
        let cases = names(search.found)
        add(
          search.stamp, object,
          cases.isEmpty
            ? "negative cases sought, none found"
            : "negative cases sought, found \(Words.list(cases))",
          search.how)
      }
    }
    for version in project.theory {
      for statement in version.statements {
        let isFirst = version.id == project.theory.first?.id
        add(
          version.stamp, labels[.statement(statement.id)],
          "\(statement.move.rawValue) in the \(version.stage.rawValue) theory",
          statement.why.isEmpty && (isFirst || statement.move == .kept)
            ? "as it began" : statement.why)
      }
    }
    // What has no time stands first, in the study's order.
    return found.enumerated().sorted { left, right in
      switch (left.element.time, right.element.time) {
      case (let a?, let b?): a == b ? left.offset < right.offset : a < b
      case (nil, nil): left.offset < right.offset
      case (nil, _?): true
      case (_?, nil): false
      }
    }.map(\.element.entry)
  }
}

extension StudyReport {
  /// What was done, in a paragraph that states nothing else: a step that was not run is listed as such.
  var methodsParagraph: String {
    var done: [String] = []
    var missing: [String] = []
    func state(_ condition: Bool, _ words: String, otherwise: String) {
      if condition { done.append(words) } else { missing.append(otherwise) }
    }
    let kinds = Dictionary(grouping: sources) { $0.kind }.sorted { $0.key < $1.key }
    done.append(
      "\(Words.count(participants.count, study.unit)) speak in "
        + (kinds.isEmpty
          ? "no document" : Words.list(kinds.map { Words.count($0.value.count, $0.key) })))
    let people = study.coders.filter { $0.kind == "person" }.map(\.name)
    state(
      study.counts.codings > 0,
      "\(Words.count(study.counts.codings, "coding")) with \(Words.count(study.counts.codes, "code")) "
        + "were made" + (people.isEmpty ? "" : " by \(Words.list(people))"), otherwise: "coding")
    if codebook.versions.count > 1 {
      done.append("the thematic framework had \(Words.count(codebook.versions.count, "version"))")
    }
    let cells = charts.flatMap(\.cells)
    let summarised = cells.count { !$0.runs.isEmpty }
    let checked = cells.count { !$0.checker.isEmpty && $0.checker != $0.author }
    state(
      summarised > 0,
      "\(Words.count(summarised, "cell")) \(summarised == 1 ? "was" : "were") summarised, and \(checked) checked by a second person",
      otherwise: "charting")
    let elements = mapping.columns.flatMap(\.lines).count { $0.level == "element" }
    let placed = mapping.typologies.flatMap(\.types).reduce(0) { $0 + $1.participants.count }
    state(
      elements > 0,
      "cells of \(Words.count(mapping.columns.count, "column")) were abstracted to "
        + Words.count(elements, "element"), otherwise: "abstracting from cells to elements")
    state(
      !mapping.typologies.isEmpty,
      "\(Words.count(placed, "case")) were placed in \(Words.count(mapping.typologies.count, "typology"))",
      otherwise: "a typology")
    let open = configurations.filter { $0.status == "accepted" || $0.status == "proposed" }
    let states = ["accepted", "proposed", "rejected", "superseded"].compactMap { status in
      let count = configurations.count { $0.status == status }
      return count == 0 ? nil : "\(count) \(status)"
    }
    state(
      !configurations.isEmpty,
      "\(Words.count(configurations.count, "configuration")) were stated (\(Words.list(states)))",
      otherwise: "stating configurations")
    let stances = ["supports", "contradicts", "rival", "weak"].compactMap { stance in
      let count = evidence.count { $0.stance == stance }
      return count == 0 ? nil : "\(count) \(Stance(stance).word)"
    }
    state(
      !evidence.isEmpty,
      "\(Words.count(evidence.count, "piece")) of evidence were attached to single parts of the theory "
        + "(\(stances.joined(separator: ", ")))", otherwise: "attaching evidence")
    let searched = open.count { $0.sought != Self.notSought }
    state(
      searched > 0,
      "negative cases were sought for \(searched) of \(Words.count(open.count, "open configuration"))",
      otherwise: "a search for negative cases")
    let rivals = Set(open.flatMap { one in one.rivals.map { Set([one.id, $0]) } })
    if !rivals.isEmpty {
      done.append(
        "\(Words.count(rivals.count, "pair")) of rival explanations stand side by side")
    }
    let merged = configurations.count { !$0.parents.isEmpty }
    if merged > 0 {
      done.append(
        "\(Words.count(merged, "configuration")) came of consolidating or splitting others")
    }
    for table in patterns where table.unit != study.unit {
      done.append("configurations were compared over \(Words.count(table.cases.count, table.unit))")
    }
    let consulted = evidence.count { $0.ground == "consultation" }
    let answered = evidence.count { $0.response != nil }
    if consulted > 0 { done.append("\(Words.count(consulted, "consultation")) count as evidence") }
    state(
      answered > 0, "the theory was shown to participants, with \(Words.count(answered, "answer"))",
      otherwise: "showing the theory to participants")
    state(
      theory.versions.count > 1,
      "the programme theory went through \(Words.count(theory.versions.count, "version"))",
      otherwise: "refining the programme theory")
    missing.append("agreement between coders")
    return done.map { Words.sentence($0) + "." }.joined(separator: " ")
      + " Not run or not recorded: \(Words.list(missing))."
  }

  /// What stands where nobody searched.
  static let notSought = "no negative case sought"

  /// The twenty items of RAMESES II, as far as the study can answer them.
  ///
  /// Wong et al. 2016, doi:10.1186/s12916-016-0643-1. What a text outside the study must say is not
  /// known here, and is never taken for met.
  var checklistItems: [ChecklistItem] {
    func item(_ number: Int, _ text: String, _ status: String, _ words: String) -> ChecklistItem {
      ChecklistItem(number: number, item: text, status: status, words: words)
    }
    func unknown(_ number: Int, _ text: String) -> ChecklistItem {
      item(number, text, "cannot know", "for the text of the report to say")
    }
    let open = configurations.filter { $0.status == "accepted" || $0.status == "proposed" }
    let bare = open.filter { $0.standing.evidence.isEmpty }
    let searched = open.count { $0.sought != Self.notSought }
    let stages = [("initial", theory.initial), ("refined", theory.refined)]
    let reported = stages.filter { $0.1 != Self.notReported }.map(\.0)
    let roleWords = roles.categories.map { "\($0.name) \($0.count)" }
    return [
      item(
        1, "Title", study.title.lowercased().contains("realist") ? "met" : "cannot know",
        study.title.lowercased().contains("realist")
          ? "the title says that the evaluation is realist"
          : "the study's title does not say realist; that of the report is not known"),
      unknown(2, "Summary or abstract"), unknown(3, "Rationale for evaluation"),
      item(
        4, "Programme theory",
        reported.count == 2 ? "met" : reported.isEmpty ? "cannot know" : "partial",
        stages.map { "\($0.0): \($0.1)" }.joined(separator: "; ")),
      item(
        5, "Evaluation questions and focus", study.questions.isEmpty ? "cannot know" : "met",
        study.questions.isEmpty
          ? "no question is recorded" : Words.count(study.questions.count, "question")),
      unknown(6, "Ethical approval"), unknown(7, "Rationale for using realist evaluation"),
      unknown(8, "Environment surrounding the evaluation"),
      unknown(9, "Programme, policy or initiative evaluated"),
      unknown(10, "Evaluation design"),
      item(
        11, "Data collection methods", sources.isEmpty ? "cannot know" : "partial",
        sources.isEmpty
          ? "there is no document"
          : "\(Words.count(sources.count, "document")) by kind; how they came about is not known"),
      item(
        12, "Recruitment process and sampling strategy",
        participants.isEmpty ? "cannot know" : "partial",
        participants.isEmpty
          ? "there is no participant"
          : "\(Words.count(participants.count, study.unit)) with attributes; how they were found is not "
            + "known"),
      item(
        13, "Data analysis", configurations.isEmpty || evidence.isEmpty ? "partial" : "met",
        "see the methods paragraph, which states only what was run"),
      item(
        14, "Details of participants", participants.isEmpty ? "cannot know" : "met",
        Words.count(participants.count, study.unit)
          + (roleWords.isEmpty ? "" : ", by role: \(roleWords.joined(separator: ", "))")),
      item(
        15, "Main findings", open.isEmpty ? "cannot know" : bare.isEmpty ? "met" : "partial",
        open.isEmpty
          ? "no configuration is stated"
          : "\(open.count - bare.count) of \(Words.count(open.count, "open configuration")) have evidence"
            + (bare.isEmpty ? "" : "; without: \(Words.list(bare.map(\.label)))")),
      unknown(16, "Summary of findings"),
      item(
        17, "Strengths, limitations and future directions",
        open.isEmpty ? "cannot know" : "partial",
        "gaps are listed with each configuration; negative cases were sought for \(searched) of "
          + "\(open.count)"),
      unknown(18, "Comparison with existing literature"),
      unknown(19, "Conclusion and recommendations"),
      unknown(20, "Funding and conflict of interest"),
    ]
  }
}
