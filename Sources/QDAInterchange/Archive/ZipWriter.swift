internal import CLibZip
internal import Foundation

/// Writes a zip archive whose parts are made on a second thread while those before are packed.
///
/// This file and `ZipArchive.swift` are the only ones that see libzip. All parts carry the same time,
/// 1 January 1980, so that equal contents give equal bytes.
@safe
final class ZipWriter {
  /// Makes a part piece by piece, on another thread.
  typealias Fill = @Sendable (_ put: ([UInt8]) throws -> Void) throws -> Void

  private var handle: OpaquePointer?
  private let path: String
  // libzip asks for the bytes on closing, so what hands them over must live until then.
  private var parts: [Part] = []
  private var fills: [Fill] = []
  private let feed = Feed()
  /// At 6 packing a project takes twice as long for an archive that is smaller by an eighth; without
  /// a level libzip takes 9.
  private static let level: zip_uint32_t = 3

  /// Begins an archive, which takes the place of a file on closing and not before.
  init(path: String) throws(WritingError) {
    var code: Int32 = 0
    guard let opened = unsafe zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
      var error = unsafe zip_error_t()
      unsafe zip_error_init_with_code(&error, code)
      defer { unsafe zip_error_fini(&error) }
      throw .unwritable(
        file: path, reason: unsafe String(cString: zip_error_strerror(&error)))
    }
    unsafe handle = opened
    self.path = path
  }

  deinit {
    if let handle = unsafe handle { unsafe zip_discard(handle) }
  }

  /// Adds a part that is made by `fill` when the archive is finished.
  ///
  /// - Parameter isPacked: Whether the bytes are compressed already, as those of pictures are.
  func add(
    _ name: String, isPacked: Bool = false, fill: @escaping Fill
  ) throws(WritingError) {
    let part = Part(number: parts.count, of: feed)
    parts.append(part)
    fills.append(fill)
    let pointer = unsafe Unmanaged.passUnretained(part).toOpaque()
    guard let source = unsafe zip_source_function(handle, provideBytes, pointer) else {
      throw failure()
    }
    let index = unsafe zip_file_add(handle, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else {
      unsafe zip_source_free(source)
      throw failure()
    }
    let position = zip_uint64_t(index)
    let method = isPacked ? ZIP_CM_STORE : ZIP_CM_DEFLATE
    guard
      unsafe zip_set_file_compression(handle, position, method, isPacked ? 0 : Self.level) == 0,
      unsafe zip_file_set_dostime(handle, position, 0, 0x21, 0) == 0
    else { throw failure() }
  }

  /// Packs the parts and puts the archive in its place.
  ///
  /// - Throws: `unwritable`, and then nothing has changed in the place of the file.
  func finish() throws(WritingError) {
    feed.start(fills)
    // Whatever ends this, the other thread must not wait for room for ever.
    defer { feed.queue.abandon() }
    guard unsafe zip_close(handle) == 0 else {
      if let failure = feed.failure {
        throw .unwritable(file: path, reason: "\(failure)")
      }
      throw failure()
    }
    unsafe handle = nil
  }

  private func failure() -> WritingError {
    guard let error = unsafe zip_get_error(handle) else {
      return .unwritable(file: path, reason: "the archive cannot be made")
    }
    return .unwritable(
      file: path, reason: unsafe String(cString: zip_error_strerror(error)))
  }

  /// The bytes of all parts, one after the other, an empty piece at the end of each.
  final class Feed {
    let queue = PieceQueue<any Error>()
    private(set) var failure: (any Error)?
    private var part = 0
    private var bytes: [UInt8] = []
    private var position = 0

    /// Begins to make the parts.
    func start(_ fills: [Fill]) {
      queue.fill { put in
        for fill in fills {
          try fill { piece in
            if !piece.isEmpty, !put(piece) { throw CancellationError() }
          }
          guard put([]) else { return }
        }
      }
    }

    /// Copies the next bytes of a part and returns how many there were, 0 at its end, -1 after a
    /// failure.
    func read(part number: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int64 {
      // libzip packs the parts in their order, each once.
      guard number == part else { return number < part ? 0 : -1 }
      do {
        if position == bytes.count {
          position = 0
          bytes = try queue.take() ?? []
        }
      } catch {
        failure = error
        return -1
      }
      let count = min(buffer.count, bytes.count - position)
      if count == 0 {
        part += 1
        return 0
      }
      unsafe bytes.withUnsafeBytes { source in
        unsafe buffer.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[position..<position + count]))
      }
      position += count
      return Int64(count)
    }
  }

  /// What libzip knows a part by.
  final class Part {
    let number: Int
    let feed: Feed

    init(number: Int, of feed: Feed) {
      self.number = number
      self.feed = feed
    }
  }
}

/// What libzip calls to learn of a part and to get its bytes.
private func provideBytes(
  _ state: UnsafeMutableRawPointer?, _ data: UnsafeMutableRawPointer?, _ count: zip_uint64_t,
  _ command: zip_source_cmd_t
) -> zip_int64_t {
  guard let state = unsafe state else { return -1 }
  let part = unsafe Unmanaged<ZipWriter.Part>.fromOpaque(state).takeUnretainedValue()
  switch command {
  case ZIP_SOURCE_READ:
    guard let data = unsafe data else { return -1 }
    return unsafe part.feed.read(
      part: part.number,
      into: UnsafeMutableRawBufferPointer(start: data, count: Int(clamping: count)))
  case ZIP_SOURCE_STAT:
    guard let status = unsafe data?.assumingMemoryBound(to: zip_stat_t.self) else { return -1 }
    unsafe zip_stat_init(status)
    return unsafe zip_int64_t(MemoryLayout<zip_stat_t>.size)
  case ZIP_SOURCE_ERROR:
    guard let codes = unsafe data?.assumingMemoryBound(to: Int32.self) else { return -1 }
    unsafe codes[0] = ZIP_ER_READ
    unsafe codes[1] = 0
    return zip_int64_t(2 * MemoryLayout<Int32>.size)
  case ZIP_SOURCE_OPEN, ZIP_SOURCE_CLOSE, ZIP_SOURCE_FREE: return 0
  case ZIP_SOURCE_SUPPORTS:
    let commands = [
      ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
      ZIP_SOURCE_FREE,
    ]
    return commands.reduce(0) { $0 | 1 << zip_int64_t($1.rawValue) }
  default: return -1
  }
}
