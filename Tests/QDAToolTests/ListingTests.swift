import Foundation
import QDATestSupport
import Testing

/// Folders with odd things in them.
struct ListingTests {
  private static let talk = Data("Ana: Hi.\nBen: Oh.\nAna: So?\nBen: Well.\n".utf8)

  private func write(_ path: String) throws { try Self.talk.write(to: URL(filePath: path)) }

  @Test
  func `a link to a folder is not followed, and said`() throws {
    try withTemporaryFolder { folder in
      try write(folder + "/a.txt")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/back", withDestinationPath: folder)
      let result = try qda("import", folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("\nback: a link to a folder, which is not followed"))
      #expect(!result.output.contains("back/a.txt"))
    }
  }

  @Test
  func `control characters in a name do not reach the terminal`() throws {
    try withTemporaryFolder { folder in
      try write(folder + "/\u{1B}[31mred\nb.txt  webvtt.txt")
      let result = try qda("import", folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.split(separator: "\n").count == 2)
      #expect(result.output.contains("\\u{1b}[31mred\\nb.txt"))
      #expect(!result.output.contains("\u{1B}"))
    }
  }

  @Test
  func `a name that is not UTF-8 is called so, and the others are listed`() throws {
    try withTemporaryFolder { folder in
      try write(folder + "/a.txt")
      let path = Array(folder.utf8CString.dropLast()) + [0x2F, -1, 0x2E, 0x74, 0x78, 0x74, 0]
      let file = unsafe fopen(path, "w")
      _ = unsafe file.map { unsafe fclose($0) }
      // Some file systems take no such name.
      guard unsafe file != nil else { return }
      let result = try qda("import", folder)
      #expect(result.status == 3)
      #expect(result.output.contains("\na.txt "))
      #expect(result.errors.contains("its name is not UTF-8; give it another name"))
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read every folder"))
  func `a subfolder that may not be read costs itself only`() throws {
    try withTemporaryFolder { folder in
      try write(folder + "/a.txt")
      let manager = FileManager.default
      let inner = folder + "/inner"
      try manager.createDirectory(atPath: inner, withIntermediateDirectories: true)
      try manager.setAttributes([.posixPermissions: 0], ofItemAtPath: inner)
      defer { try? manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: inner) }
      let result = try qda("import", folder)
      #expect(result.status == 3)
      #expect(result.output.contains("\na.txt "))
      #expect(result.errors == "inner: error: cannot be read: the folder may not be read\n")
    }
  }

  @Test
  func `a device is no file`() throws {
    let result = try qda("import", "/dev/zero")
    #expect(result.status == 3)
    #expect(result.errors == "/dev/zero: error: cannot be read: it is a device\n")
  }

  @Test
  func `words are counted in all and without interviewers'`() throws {
    try withTemporaryFolder { folder in
      // The escape makes no second word: Una says 3 and 2 words, the interviewer 4 and 1.
      let text =
        "**Interviewer:** What do you like?\n\n**Una:** I don\\-t know.\n\n"
        + "**Interviewer:** Nothing?\n\n**Una:** Rain, perhaps.\n"
      try Data(text.utf8).write(to: URL(filePath: folder + "/a.md"))
      let result = try qda("import", folder, "--json")
      let list = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      let row = try #require((list["transcripts"] as? [[String: Any]])?.first)
      #expect(row["words"] as? Int == 10)
      #expect(row["participantWords"] as? Int == 5)
      let table = try qda("import", folder).output.split(separator: "\n").map {
        $0.split(separator: "  ", omittingEmptySubsequences: true).map { $0.drop { $0 == " " } }
      }
      #expect(table.first?.dropFirst(3).prefix(3) == ["turns", "words", "of participants"])
      #expect(table.last?.dropFirst(3).prefix(3) == ["4", "10", "5"])
    }
  }
}
