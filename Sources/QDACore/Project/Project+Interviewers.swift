extension Project {
  /// The study without the codings of words that only interviewers say: they are nobody's, and
  /// tables that count codings leave them out.
  ///
  /// - Complexity: O(*n* log *n*) for *n* passages of sources in which interviewers speak.
  public func leavingOutInterviewers(by given: Attribution? = nil) -> Project {
    let attribution = given ?? Attribution(self)
    var project = self
    for source in sources where source.speakers.contains(where: { $0.role == .interviewer }) {
      let asked = codings.passages(in: source.id).filter(attribution.isInterviewer)
      guard !asked.isEmpty else { continue }
      project.codings.remove(Set(asked.map(\.id)), in: source.id)
    }
    return project
  }
}
