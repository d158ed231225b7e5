import QDACore
import QDAInterchange
import Testing

/// Labels as Markdown sets them off: bold type and headings, with and without times.
struct MarkdownLabelTests {
  private static let talk = [
    ("0:00:01", "Ana", "How are you?"), ("0:00:05", "Ben", "Well."), ("0:00:09", "Ana", "Why?"),
    ("0:00:12", "Ben", "It rained."),
  ]

  @Test(arguments: [
    "**[%t] %n:** %w\n", "**[%t] %n** : %w\n\n", "**%t %n:** %w\n\n", "**%n [%t]:** %w\n\n",
    "**%n: [%t]** %w\n", "**[%t] %n**\n\n%w\n\n", "**%n [%t]**\n%w\n\n",
    "[%t] **%n**\n\n%w\n\n", "### [%t] %n\n\n%w\n\n", "### %n (%t)\n\n%w\n\n",
    "## %t %n\n%w\n\n", "> **[%t] %n:** %w\n\n", "__[%t] %n:__ %w\n\n",
  ])
  func `a time within bold type or a heading is the turn's`(_ line: String) throws {
    let text = Self.talk.map { time, name, words in
      line.replacing("%t", with: time).replacing("%n", with: name).replacing("%w", with: words)
    }
    let transcript = try readTranscript("# Interview\n\n" + text.joined(), name: "a.md")
    #expect(
      turns(transcript) == ["Ana: How are you?", "Ben: Well.", "Ana: Why?", "Ben: It rained."])
    #expect(transcript.source.turns.map(\.start) == [1000, 5000, 9000, 12_000])
    #expect(transcript.layout.confidence == .high)
  }

  @Test(arguments: ["**%**\n* ", "**%**\n\n", "- **%**\n\n"])
  func `names in bold above the words speak, also those that stand once`(
    _ line: String
  ) throws {
    let names = ["Tim", "Ana", "Tim", "Ana", "Tim", "Victor"]
    let text = names.map { line.replacing("%", with: $0) + "Well, \($0).\n\n" }
    let transcript = try readTranscript("# Call 176\n\n" + text.joined(), name: "a.md")
    #expect(transcript.source.speakers.map(\.label) == ["Tim", "Ana", "Victor"])
    #expect(transcript.source.turns.map(\.speakers) == [[0], [1], [0], [1], [0], [2]])
  }

  @Test(arguments: [
    ("bold", "**%**"), ("standalone", "**%**"), ("time-first", "**[0:01] %**"),
    ("time-first", "### [0:01] %"), ("time-first", "### % (0:01)"),
  ])
  func `a layout that the caller names takes names above words that stand once`(
    _ layout: String, _ line: String
  ) throws {
    let text = ["Tim", "Ana"].map { line.replacing("%", with: $0) + "\n\nWell, \($0).\n\n" }
    let transcript = try readTranscript(text.joined(), [("layout", layout)], name: "a.md")
    #expect(turns(transcript) == ["Tim: Well, Tim.", "Ana: Well, Ana."])
  }

  @Test(arguments: ["bold", "time-first"])
  func `a time within bold type belongs to both layouts`(_ layout: String) throws {
    let text = "**Highlights**\n\n**[0:01] Tim:** Well.\n\n**[0:05] Ana:** So.\n"
    let transcript = try readTranscript(text, [("layout", layout)], name: "a.md")
    #expect(turns(transcript) == ["Tim: Well.", "Ana: So."])
    #expect(transcript.source.turns.map(\.start) == [1000, 5000])
  }

  @Test
  func `bold headings above the names are nobody`() throws {
    let turn = "**Ana**\nWell.\n\n**Ben**\nSo.\n\n"
    let text = "**Childhood**\n\n" + turn + "**School**\n\n" + turn + "**Work**\n\n" + turn
    let transcript = try readTranscript(text, name: "a.md")
    #expect(transcript.source.speakers.map(\.label) == ["Ana", "Ben"])
  }

  @Test
  func `two languages below each name are what that one says`() throws {
    let text = Self.talk.map { time, name, words in
      "### [\(time)] \(name)\n\n**English:**\n\(words)\n\n**Deutsch:**\nAch.\n\n---\n\n"
    }
    let transcript = try readTranscript("# Interview\n\n" + text.joined(), name: "a.md")
    #expect(transcript.source.speakers.map(\.label) == ["Ana", "Ben"])
    #expect(transcript.source.turns.map(\.speakers) == [[0], [1], [0], [1]])
    #expect(turns(transcript)[1] == "Ben: **English:**\nWell.\n\n**Deutsch:**\nAch.")
  }

  @Test
  func `chapters with times do not hide who speaks below them`() throws {
    let turn = "**Ana:** Well.\n\n**Ben:** So.\n\n"
    for (end, count) in [("", 6), ("**Ana:** No.\n\n", 9)] {
      let text = ["[00:01:00] Childhood", "[00:20:00] School", "[00:30:00] School"].map {
        "## \($0)\n\n" + turn + end
      }
      let transcript = try readTranscript(text.joined(), name: "a.md")
      #expect(transcript.source.speakers.map(\.label) == ["Ana", "Ben"])
      #expect(transcript.source.turns.count == count)
    }
  }

  @Test
  func `speakers whom a recogniser numbers in Japanese speak`() throws {
    let transcript = try readTranscript(
      "**[0:01] 話者1**\n\nはい\n\n**[0:02] 話者2**\n\nええ\n\n**[0:04] 話者不明**\n\nうん\n",
      name: "a.md")
    #expect(turns(transcript) == ["話者1: はい", "話者2: ええ", "話者不明: うん"])
    #expect(transcript.source.turns.map(\.start) == [1000, 2000, 4000])
    #expect(cast(transcript).last == "話者不明, unknown")
  }
}
