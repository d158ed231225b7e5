internal import FoundationEssentials
internal import QDACore

/// What Taguette's list of commands says of who made which highlight and gave it which tag.
struct TaguetteHistory {
  /// Who did something and when, as written.
  struct Act {
    var login: String?
    var date: String?
  }

  /// The first command for a highlight.
  private(set) var created: [Int: Act] = [:]
  /// The last command for a highlight.
  private(set) var changed: [Int: Act] = [:]
  private var tagged: [Tagging: Act] = [:]

  private struct Tagging: Hashable {
    var highlight: Int
    var tag: Int
  }

  private struct Payload: Decodable {
    var type: String
    var highlight_id: Int?
    var tags: [Int]?
  }

  init(_ rows: [DatabaseRow]) {
    let decoder = JSONDecoder()
    for row in rows {
      guard let text = row.text("payload"),
        let payload = try? decoder.decode(Payload.self, from: Data(text.utf8)),
        payload.type == "highlight_add", let highlight = payload.highlight_id
      else { continue }
      let act = Act(login: row.text("user_login"), date: row.text("date"))
      if created[highlight] == nil { created[highlight] = act } else { changed[highlight] = act }
      for tag in payload.tags ?? [] {
        let tagging = Tagging(highlight: highlight, tag: tag)
        if tagged[tagging] == nil { tagged[tagging] = act }
      }
    }
  }

  /// Who first gave a highlight a tag; of a tag that came by merging, who made the highlight.
  func tagging(of highlight: Int, with tag: Int) -> Act? {
    tagged[Tagging(highlight: highlight, tag: tag)] ?? created[highlight]
  }
}
