/// A word or a mark as every recogniser has it.
struct SpokenWord {
  var text: String
  var speaker: [String]
  var start: Int?
  var end: Int?
  /// Whether it is a mark, which belongs to the word before it, whoever is said to speak it.
  var isMark = false
  /// Whether it is the space between two words, in files that have spaces as well; else `nil`.
  var space: Bool?
}

extension Talk {
  /// The utterances of words in their order: one for each run of words of one speaker.
  init(_ words: [SpokenWord]) {
    self.init()
    var isSpaced = true
    for word in words {
      let text = RecogniserTranscript.line(word.text)
      if word.space == true { isSpaced = true }
      if text.isEmpty || word.space == true { continue }
      defer { isSpaced = word.space == nil }
      if let last = utterances.indices.last,
        word.isMark || utterances[last].speakers == word.speaker
      {
        let joined = word.isMark || !isSpaced ? text : " " + text
        utterances[last].pieces[0].text += joined.unicodeScalars
        utterances[last].pieces[0].end = word.end ?? utterances[last].pieces[0].end
      } else {
        utterances.append(Utterance(word.speaker, text, start: word.start, end: word.end))
      }
    }
  }

  /// The utterances of channels that were heard at once, in the order of their start.
  ///
  /// The words of one channel are an utterance until another speaker of it begins, or until another
  /// channel does in a pause.
  ///
  /// - Complexity: O(*n* log *n*) for *n* words.
  init(channels: [[SpokenWord]]) {
    self.init()
    var order: [(time: Int, channel: Int, index: Int)] = []
    for (channel, words) in channels.enumerated() {
      var time = 0
      for (index, word) in words.enumerated() {
        time = max(time, word.start ?? time)
        order.append((time, channel, index))
      }
    }
    order.sort { ($0.time, $0.channel, $0.index) < ($1.time, $1.channel, $1.index) }
    var runs: [[SpokenWord]] = []
    var open: [Int: Int] = [:]
    var ends: [Int: Int] = [:]
    // When a channel began its last word, and when another one before it did.
    var latest: (channel: Int, time: Int)?
    var other: (channel: Int, time: Int)?
    for (time, channel, index) in order {
      let word = channels[channel][index]
      let heard = latest?.channel == channel ? other : latest
      let end = ends[channel] ?? time
      let isCut = time - end >= Self.pause && (heard?.time ?? -1) >= end
      if let run = open[channel], word.isMark || !isCut && runs[run][0].speaker == word.speaker {
        runs[run].append(word)
      } else {
        open[channel] = runs.count
        runs.append([word])
      }
      if word.isMark { continue }
      ends[channel] = word.end ?? time
      if latest?.channel != channel { other = latest }
      latest = (channel, time)
    }
    utterances = runs.flatMap { Talk($0).utterances }
  }

  /// The shortest pause, in milliseconds, in which somebody else may take the floor.
  private static let pause = 300
}
