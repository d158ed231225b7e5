import QDA
import QDATestSupport
import Testing

struct MethodsTests {
  private func worked() throws -> StudyReport {
    let folder = try StudyFolder.read(at: fixture("LinkWorkers")).value
    return StudyReport(folder.project, diagnostics: [], label: { folder.label(for: $0) })
  }

  @Test
  func `the methods paragraph states what was run, and names what was not`() throws {
    let words = try worked().methods
    #expect(words.contains("Negative cases were sought for 9 of 14 open configurations."))
    #expect(words.contains("Configurations were compared over 8 sites."))
    #expect(words.contains("Not run or not recorded: agreement between coders."))
    let small = StudyReport(SmallStudy().project, diagnostics: []).methods
    #expect(!small.contains("Negative cases were sought"))
    #expect(small.contains("a search for negative cases"))
    #expect(small.contains("showing the theory to participants"))
  }

  @Test
  func
    `who checks their own summary is no second person, and rivals that stand are not decided on`()
  {
    func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }
    var project = SmallStudy().project
    project.configurations[id("CMO2")]?.rivals = [id("CMO1")]
    let key = Cell.Key(row: id("P1"), column: id("matching"))
    func words(author: String, checker: String) -> String {
      for name in ["Ana", "Ben"] {
        project.coders[id(name)] = Coder(id: id(name), name: name, initials: name)
      }
      project.cells[key]?.author = Stamp(by: id(author))
      project.cells[key]?.checker = Stamp(by: id(checker))
      return StudyReport(project, diagnostics: []).methods
    }
    let own = words(author: "Ana", checker: "Ana")
    #expect(own.contains("1 cell was summarised, and 0 checked by a second person"))
    #expect(own.contains("1 pair of rival explanations stand side by side"))
    #expect(!own.contains("decided"))
    #expect(words(author: "Ana", checker: "Ben").contains("and 1 checked by a second person"))
  }

  @Test
  func `the checklist has twenty items and knows what it cannot know`() throws {
    let items = try worked().checklist
    #expect(items.map(\.number) == Array(1...20))
    #expect(Set(items.map(\.status)).isSubset(of: ["met", "partial", "cannot know"]))
    #expect(items[3].status == "met")
    #expect(items[5].status == "cannot know", "no study folder knows of an ethical approval")
    #expect(items[14].status == "partial")
    #expect(items[14].words.contains("CMO14"), "it has no evidence")
    let empty = StudyReport(Project(id: SmallStudy.id("empty"), title: ""), diagnostics: [])
    #expect(!empty.checklist.contains { $0.status == "met" })
    #expect(empty.checklist[3].words == "initial: not reported; refined: not reported")
  }

  @Test
  func `the change log tells by time who did what to the theory and why`() throws {
    let changes = try worked().changes
    #expect(changes.map(\.at) == changes.map(\.at).sorted())
    let search = changes.first { $0.object == "CMO3" && $0.what.contains("sought") }
    #expect(search?.at == "2025-09-19" && search?.by == "MR")
    #expect(changes.contains { $0.object == "R7" && $0.what == "dropped in the refined theory" })
    #expect(
      changes.contains { $0.object == "CMO6" && $0.what.contains("made from CMO15 and CMO16") })
  }
}
