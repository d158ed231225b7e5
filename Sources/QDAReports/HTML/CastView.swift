/// Who was interviewed, by role and by everything else that was recorded of them.
struct CastView {
  let unit: String
  let total: Int
  let columns: Int
  let names: [SquareView]
  let hasRoles: Bool
  let attribute: String
  let roles: [CastRow]
  let split: String
  let tallies: [TallyView]
  let filters: [FilterView]
  let attributes: [String]
  let people: [PersonView]

  init(_ context: PageContext) {
    let report = context.report
    unit = Words.plural(report.study.unit, of: report.participants.count)
    total = report.participants.count
    columns = max(1, total)
    names = context.strip { _ in ("name", "") }
    hasRoles = !report.roles.categories.isEmpty
    attribute = report.roles.attribute.isEmpty ? "Role" : report.roles.attribute
    func row(_ share: StudyReport.Share, kind: String, tint: Int) -> CastRow {
      let members = Set(share.participants)
      return CastRow(
        name: share.name, definition: share.definition, kind: kind, tint: tint,
        count: share.count, total: share.of, words: share.words, quotes: share.quotes,
        ofQuotes: share.ofQuotes,
        strip: context.strip { one in
          if members.contains(one.id) { return ("has", share.name) }
          return one.roles == [StudyReport.roleWithheld] && kind != "tally"
            ? ("silent", "withheld") : ("not", "no")
        })
    }
    let categories = report.roles.categories.enumerated().map {
      row($1, kind: "isrole", tint: $0 % RoleMark.tints)
    }
    // A group of one role says nothing that the role's own row does not.
    let groups = report.roles.groups.filter { !$0.name.hasSuffix(" only") }
    roles = categories + groups.map { row($0, kind: "group", tint: RoleMark.tints) }
    split = Words.list(report.roles.groups.map { "\($0.count) \($0.name)" })
    tallies = report.tallies.map { tally in
      TallyView(
        name: tally.attribute,
        rows: tally.values.map { row($0, kind: "tally", tint: RoleMark.tints) })
    }
    var filters = report.roles.categories.map { share in
      FilterView(name: share.name, count: share.count, members: Self.members(share, context))
    }
    if let none = report.roles.groups.first(where: { $0.name == "no role" }) {
      filters.append(
        FilterView(name: none.name, count: none.count, members: Self.members(none, context)))
    }
    self.filters = filters
    attributes = report.participants.first?.values.map(\.attribute) ?? []
    people = report.participants.map { one in
      PersonView(
        chip: context.chip(one.id), noRole: one.roles.isEmpty && report.hasRoles,
        values: one.values.map {
          ValueView(text: $0.value, isMissing: $0.value.isEmpty, isInvalid: $0.isInvalid)
        },
        sources: one.sources.joined(separator: ", "), quotes: one.quotes)
    }
  }

  private static func members(_ share: StudyReport.Share, _ context: PageContext) -> String {
    share.participants.compactMap { context.participants[$0].map(String.init) }
      .joined(separator: " ")
  }
}

/// A row of the cast: what some participants have in common.
struct CastRow {
  let name: String
  let definition: String
  let kind: String
  let tint: Int
  let count: Int
  let total: Int
  let words: String
  let quotes: Int
  let ofQuotes: Int
  let strip: [SquareView]
}

/// How many participants have each value of an attribute.
struct TallyView {
  let name: String
  let rows: [CastRow]
}

/// A role by which the page can be filtered.
struct FilterView {
  let name: String
  let count: Int
  let members: String
}

/// A participant with everything that is recorded.
struct PersonView {
  let chip: ChipView
  let noRole: Bool
  let values: [ValueView]
  let sources: String
  let quotes: Int
}

/// The value of an attribute.
struct ValueView {
  let text: String
  let isMissing: Bool
  let isInvalid: Bool
}
