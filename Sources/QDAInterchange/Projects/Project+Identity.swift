internal import QDACore

extension Project {
  /// The same study under another id.
  func with(id: ID<Project>) -> Project {
    if id == self.id { return self }
    var project = Project(id: id, title: title, questions: questions)
    project.details = details
    project.coders = coders
    project.attributes = attributes
    project.sources = sources
    project.cases = cases
    project.codebook = codebook
    project.codings = codings
    project.notes = notes
    project.cells = cells
    project.elements = elements
    project.configurations = configurations
    project.realistMatrix = realistMatrix
    project.evidence = evidence
    project.links = links
    project.theory = theory
    project.sets = sets
    project.objectLinks = objectLinks
    project.graphs = graphs
    project.texts = texts
    project.files = files
    project.idStyle = idStyle
    return project
  }
}
