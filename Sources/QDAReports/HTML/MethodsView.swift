/// How the theory came about, and what a report of it still has to say.
struct MethodsView {
  let paragraph: String
  let changes: [ChangeView]
  let hasChanges: Bool
  let checklist: [StudyReport.ChecklistItem]

  init(_ context: PageContext) {
    paragraph = context.report.methods
    changes = context.report.changes.map { ChangeView($0, context) }
    hasChanges = !changes.isEmpty
    checklist = context.report.checklist
  }
}

/// A line of the change log.
struct ChangeView {
  let at: String
  let by: String
  let number: Int
  let label: String
  let isConfiguration: Bool
  let what: String
  let why: String

  init(_ entry: StudyReport.ChangeEntry, _ context: PageContext) {
    at = entry.at
    by = entry.by
    number = context.configurations[entry.object] ?? 0
    label = context.index.label(entry.object)
    isConfiguration = number > 0
    what = entry.what
    why = entry.why
  }
}
