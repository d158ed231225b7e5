extension StudyReport {
  func writeRegister(to text: inout MarkdownText, _ index: ReportIndex) {
    text.heading(2, "Register of configurations")
    if configurations.isEmpty { text.block("No configuration is stated.") }
    for entry in configurations {
      text.heading(3, "\(entry.label.markdown) \(entry.title.markdown)")
      text.block("*\(entry.valence), \(entry.status)*. \(entry.sentence.markdown)")
      text.block("\(Words.sentence(entry.standing.words).markdown).")
      let sides: [(String, [String], String)] = [
        ("Supporting", entry.standing.supporting, "supports"),
        ("Contradicting", entry.standing.contradicting, "contradicts"),
        ("For a rival explanation", entry.standing.rival, "rival"),
        ("Without weight", entry.standing.weak, "weak"),
      ]
      text.list(
        sides.filter { !$0.1.isEmpty }.map { title, who, stance in
          "\(title): \(index.withRoles(who).markdown) "
            + index.links(to: index.quotes(of: entry.standing.evidence, stance: stance))
        })
      if !entry.roles.isEmpty, !entry.standing.evidence.isEmpty {
        text.block(
          "By role: "
            + entry.roles.map {
              "\($0.role.markdown) \($0.supporting) of \($0.of) for"
                + ($0.contradicting > 0 ? ", \($0.contradicting) against" : "")
            }.joined(separator: "; ") + ".")
      }
      writeSlots(of: entry, to: &text, index)
      var remarks = entry.gaps.map { "Gap: \($0.words.markdown)." }
      if !entry.rivals.isEmpty {
        remarks.append(
          "Rival: \(entry.rivals.map { index.label($0).markdown }.joined(separator: ", ")).")
      }
      if !entry.parents.isEmpty {
        remarks.append("Made from \(Words.list(entry.parents.map { index.label($0).markdown })).")
      }
      if !entry.reason.isEmpty { remarks.append("Decision: \(entry.reason.markdown)") }
      text.list(remarks)
    }
  }

  private func writeSlots(
    of entry: ConfigurationEntry, to text: inout MarkdownText, _ index: ReportIndex
  ) {
    var rows = entry.slots.map { slot in
      let tags = [slot.layer, slot.actor].compactMap { $0 }.filter { !$0.isEmpty }
      return [
        SlotKind(role: slot.role, part: slot.part).title.markdown,
        slot.text.markdown + (tags.isEmpty ? "" : " (\(tags.joined(separator: ", ").markdown))"),
        self.standing(slot.standing, index),
      ]
    }
    for kind in slotKinds(of: entry)
    where !entry.slots.contains(where: { $0.role == kind.role && $0.part == kind.part }) {
      rows.append([kind.title.markdown, "*not stated*", ""])
    }
    for edge in entry.edges {
      rows.append([
        "step (\(edge.sign.signWord))", edge.words.markdown, self.standing(edge.standing, index),
      ])
    }
    text.table(["Part", "Statement", "Evidence"], rows)
  }

  private func standing(_ standing: Standing, _ index: ReportIndex) -> String {
    if standing.evidence.isEmpty { return "**\(standing.words)**" }
    let who =
      standing.supporting.map { "+ \(index.name($0))" }
      + standing.contradicting.map { "− \(index.name($0))" }
      + standing.rival.map { "↔ \(index.name($0))" }
    let entries = standing.evidence.compactMap { index.evidence($0) }
    let grounds = entries.compactMap { entry -> String? in
      if let judgement = entry.judgement { return "judgement: \(judgement)" }
      return entry.document.map { "document: \($0)" }
    }
    return "\(standing.words.markdown): \(who.joined(separator: ", ").markdown) "
      + index.links(to: index.quotes(of: standing.evidence))
      + grounds.map { "<br>\($0.markdown)" }.joined()
  }

  func writePatterns(to text: inout MarkdownText, _ index: ReportIndex) {
    guard !patterns.isEmpty else { return }
    text.heading(2, "Where it holds and where not")
    for table in patterns {
      text.heading(3, "By \(table.unit.markdown)")
      if !table.unplaced.isEmpty {
        text.block(
          "In none of them: \(table.unplaced.map { index.name($0).markdown }.joined(separator: ", "))."
        )
      }
      for pattern in table.patterns {
        text.block(
          "**\(pattern.label.markdown)** \(pattern.title.markdown): \(pattern.sentence.markdown). "
            + "\(Words.sentence(pattern.sought).markdown).")
        text.list(
          pattern.readings.filter { $0.verdict != "silent" }.map { reading in
            "\(reading.name.markdown) \(reading.words.markdown) "
              + index.links(to: reading.parts.flatMap(\.quotes))
          })
      }
    }
  }

  func writeMethods(to text: inout MarkdownText, _ index: ReportIndex) {
    text.heading(2, "How the theory came about")
    text.block(methods.markdown)
    if !changes.isEmpty {
      text.heading(3, "Change log of the theory")
      text.table(
        ["When", "Who", "What", "Change", "Why"],
        changes.map { entry in
          [
            entry.at.markdown, entry.by.markdown, index.label(entry.object).markdown,
            entry.what.markdown, entry.why.markdown,
          ]
        })
    }
    text.heading(3, "RAMESES II reporting standards")
    text.table(
      ["Item", "Status", "What the study has"],
      checklist.map { ["\($0.number) \($0.item.markdown)", $0.status, $0.words.markdown] })
  }

  func writeMatrix(to text: inout MarkdownText, _ index: ReportIndex) {
    text.heading(2, "Realist matrix")
    if realistMatrix.blocks.isEmpty {
      text.block("No element is stated.")
      return
    }
    text.block("Nothing in it ties a context to a mechanism or an outcome; the register does.")
    text.table(
      ["Block"] + realistMatrix.columns.map(\.markdown),
      realistMatrix.blocks.map { block in
        [Words.sentence(block.valence)]
          + block.columns.map { bullets in
            bullets.map { bullet in
              let who =
                bullet.standing.evidence.isEmpty
                ? Words.noEvidence
                : [
                  index.withRoles(bullet.standing.supporting),
                  bullet.standing.contradicting.isEmpty
                    ? "" : "against: " + index.withRoles(bullet.standing.contradicting),
                ].filter { !$0.isEmpty }.joined(separator: "; ")
              let shown = who.isEmpty ? bullet.standing.words : who
              return "• \(bullet.text.markdown) (\(shown.markdown))"
            }.joined(separator: "<br>")
          }
      })
  }

  func writeIncidence(to text: inout MarkdownText, _ index: ReportIndex) {
    guard !configurations.isEmpty else { return }
    text.heading(2, "Participants and configurations")
    text.block(
      """
      \\+ supports, − contradicts, ↔ speaks for a rival explanation, ○ touches on it. An empty field \
      says nothing, which is not to deny.
      """)
    var said: [String: [String: IncidenceEntry]] = [:]
    for entry in incidence { said[entry.participant, default: [:]][entry.configuration] = entry }
    text.table(
      ["Participant"] + (hasRoles ? ["Roles"] : []) + configurations.map(\.label.markdown),
      participants.map { one in
        [one.name.markdown] + (hasRoles ? [index.roles(one.id).markdown] : [])
          + configurations.map { said[one.id]?[$0.id]?.symbols ?? "" }
      })
  }

  func writeLinks(to text: inout MarkdownText, _ index: ReportIndex) {
    text.heading(2, "Links and loops")
    if links.isEmpty {
      text.block("No link between configurations is stated.")
      return
    }
    text.list(loops.map { "**\($0.name)** \($0.words.markdown)." })
    if loops.isEmpty { text.block("The links form no loop.") }
    if loopsCutOff { text.block("There are more loops than these.") }
    text.table(
      ["From", "To", "Kind", "What", "Evidence"],
      links.map { link in
        [
          index.label(link.from).markdown, index.label(link.to).markdown,
          "\(link.kind), \(link.sign.signWord)", link.words.markdown,
          standing(link.standing, index),
        ]
      })
  }

  func writeTheory(to text: inout MarkdownText, _ index: ReportIndex) {
    text.heading(2, "Programme theory")
    text.block(
      "Initial programme theory: \(theory.initial). Refined programme theory: \(theory.refined).")
    for version in theory.versions {
      let made = [version.author, version.at].filter { !$0.isEmpty }.joined(separator: ", ")
      text.heading(
        3,
        "\(version.number) \(version.stage) \(version.title.markdown)".trimmedParts.body
          + (made.isEmpty ? "" : " (\(made.markdown))"))
      text.list(
        version.statements.map { statement in
          "**\(statement.move)** \(statement.text.markdown)"
            + (statement.from.isEmpty
              ? ""
              : " From: "
                + statement.from.map { "“\((index.statement($0)?.text ?? $0).markdown)”" }
                .joined(separator: ", ") + ".")
            + (statement.why.isEmpty ? "" : " Why: \(statement.why.markdown)")
            + (statement.configurations.isEmpty
              ? ""
              : " (\(statement.configurations.map { index.label($0).markdown }.joined(separator: ", ")))")
            + " — \(standing(statement.standing, index))"
        })
    }
  }
}

extension StudyReport {
  func writeEvidence(to text: inout MarkdownText, _ index: ReportIndex) {
    if evidence.isEmpty { return }
    text.heading(2, "Evidence")
    text.table(
      ["Evidence", "For", "Says", "Who", "Rests on", "Remark"],
      evidence.map { entry in
        let target = entry.configuration.map { index.label($0) + ": " } ?? ""
        let answer = entry.response.map { ", who \($0) when shown the theory" } ?? ""
        let voice = entry.voice == "own" ? "" : ", in another's voice"
        let ground =
          entry.judgement.map { "\(entry.ground): \($0)" }
          ?? entry.document.map { "document \($0)" }
          ?? entry.cell.map { "the cell under \(index.title($0))" } ?? ""
        let author = entry.author.isEmpty ? "" : " (\(entry.author))"
        return [
          entry.id.markdown, (target + entry.targetWords).markdown,
          "\(Stance(entry.stance).word), \(entry.basis)\(voice)\(answer)".markdown,
          entry.participants.map { index.name($0) }.joined(separator: ", ").markdown,
          ground.markdown + index.links(to: entry.quotes), (entry.comment + author).markdown,
        ]
      })
  }
}

extension StudyReport.IncidenceEntry {
  /// What the participant does, in one sign each.
  var symbols: String {
    stances.map { stance in
      switch stance {
      case "supports": "+"
      case "contradicts": "−"
      case "rival": "↔"
      default: "○"
      }
    }.joined(separator: " ")
  }
}
