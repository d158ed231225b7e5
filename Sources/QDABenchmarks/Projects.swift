import Foundation
import QDA

/// How long it takes to open a project, texts left until asked for, and then to cut every passage.
enum Projects {
  /// Prints the times of both and the memory held, for each file named.
  static func run(_ paths: [String]) throws {
    let clock = ContinuousClock()
    for path in paths {
      var options = ProjectReadingOptions()
      options.readsTexts = false
      var project: Project?
      let opening = try clock.measure {
        project = try ProjectReader.read(contentsOf: path, options: options).value
      }
      guard let project else { continue }
      let memory = Memory.resident()
      var figures: ProjectFigures?
      let cutting = try clock.measure { figures = try ProjectFigures(of: project) }
      print(
        "\(path): opened in \(opening), \(figures?.codings ?? 0) codings, "
          + "\(memory >> 20) MiB resident; texts of \(figures?.selections ?? 0) passages in \(cutting)"
      )
    }
  }
}
