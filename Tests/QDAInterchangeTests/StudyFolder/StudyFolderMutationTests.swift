import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct StudyFolderMutationTests {
  private enum Damage: CaseIterable {
    case delete, double, truncate
  }

  private static func damaged(_ lines: [Substring], _ index: Int, _ damage: Damage) -> String {
    var lines = lines
    switch damage {
    case .delete: lines.remove(at: index)
    case .double: lines.insert(lines[index], at: index)
    case .truncate: lines[index] = lines[index].prefix(lines[index].count / 2)
    }
    return lines.joined(separator: "\n")
  }

  /// How many records of each sort a study has.
  private static func records(_ project: Project) -> [String: Int] {
    [
      "codes": project.codebook.codes.count, "cases": project.cases.count,
      "codings": project.codings.count, "cells": project.cells.count,
      "elements": project.elements.count, "configurations": project.configurations.count,
      "links": project.links.count, "theory": project.theory.count, "notes": project.notes.count,
      "sources": project.sources.count, "coders": project.coders.count,
    ]
  }

  /// The records that are in a file itself.
  private static func own(_ path: String) -> Set<String> {
    switch path {
    case "study.yaml": ["coders"]
    case "codebook.yaml": ["codes"]
    case "participants.csv": ["cases"]
    case "configurations.yaml": ["elements", "configurations", "links"]
    case "theory.yaml": ["theory"]
    default:
      path.hasPrefix("codings/")
        ? ["codings"]
        : path.hasPrefix("charts/")
          ? ["cells"]
          : path.hasPrefix("notes/") ? ["notes"] : ["sources", "codings"]
    }
  }

  /// What is lost in other files only because it names what is lost in this one.
  private static let dependent: Set<String> = ["codings", "cells", "links"]

  @Test
  func `any damaged line of a table costs its own record only`() throws {
    let files = try StudySamples.allotment()
    let sound = StudySamples.read(files).value
    let whole = Self.records(sound.project)
    for path in files.keys.sorted() where path.hasSuffix(".csv") {
      let lines = (files[path] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      for index in lines.indices.dropFirst().dropLast() {
        for damage in Damage.allCases {
          var copy = files
          copy[path] = Self.damaged(lines, index, damage)
          let left = Self.records(StudySamples.read(copy, as: sound).value.project)
          for (kind, count) in whole {
            let own = Self.own(path).contains(kind)
            let allowed = own ? 1 : path == "participants.csv" && kind == "cells" ? 3 : 0
            #expect(
              (left[kind] ?? 0) >= count - allowed, "\(path):\(index + 1) \(damage) \(kind)")
          }
        }
      }
    }
  }

  @Test
  func `any damaged line of a YAML file leaves all other files whole`() throws {
    let files = try StudySamples.allotment()
    let sound = StudySamples.read(files).value
    let whole = Self.records(sound.project)
    for path in files.keys.sorted() where path.hasSuffix(".yaml") || path.hasSuffix(".md") {
      let lines = (files[path] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      for index in lines.indices {
        for damage in Damage.allCases {
          var copy = files
          copy[path] = Self.damaged(lines, index, damage)
          let reading = StudySamples.read(copy, as: sound)
          let left = Self.records(reading.value.project)
          for (kind, count) in whole where !Self.own(path).contains(kind) {
            if Self.dependent.contains(kind) { continue }
            #expect((left[kind] ?? 0) == count, "\(path):\(index + 1) \(damage) \(kind)")
          }
        }
      }
    }
  }

  @Test
  func `a damaged line inside a record of a YAML file costs that record at most`() throws {
    let files = try StudySamples.allotment()
    let sound = StudySamples.read(files).value
    let whole = Self.records(sound.project)
    // Lines that hold a list together are not inside a record.
    let frames: Set<String> = [
      "elements:", "configurations:", "links:", "codes:", "versions:", "coders:", "slots:",
      "evidence:", "statements:", "attributes:", "values:", "questions:", "map:",
    ]
    for path in ["codebook.yaml", "configurations.yaml", "theory.yaml"] {
      let lines = (files[path] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      for index in lines.indices where !frames.contains(lines[index].trimmed) {
        for damage in Damage.allCases {
          var copy = files
          copy[path] = Self.damaged(lines, index, damage)
          let left = Self.records(StudySamples.read(copy, as: sound).value.project)
          for kind in Self.own(path) {
            // A theme takes its codes with it, a configuration its links.
            let isTheme = path == "codebook.yaml" && lines[index].hasPrefix("  - id")
            let allowed = isTheme ? 3 : 1
            #expect(
              (left[kind] ?? 0) >= (whole[kind] ?? 0) - allowed,
              "\(path):\(index + 1) \(damage) \(kind): \(lines[index])")
          }
        }
      }
    }
  }

  @Test
  func `random bytes anywhere never crash, and what was not changed is written back as it was`()
    throws
  {
    let files = try StudySamples.allotment().mapValues { Array($0.utf8) }
    var random = SeededGenerator(seed: 11)
    let names = files.keys.sorted()
    for _ in 0..<200 {
      var copy = files
      let path = random.pick(names)
      var bytes = copy[path] ?? []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
        case 1 where index < bytes.count: bytes.remove(at: index)
        default: bytes = Array(bytes[..<index])
        }
      }
      copy[path] = bytes
      var folder = StudySamples.read(copy).value
      let before = folder.files
      folder.update(to: folder.project)
      #expect(folder.files == before)
      var project = folder.project
      project.title += "!"
      folder.update(to: project)
      #expect(folder.project == project)
    }
  }
}
