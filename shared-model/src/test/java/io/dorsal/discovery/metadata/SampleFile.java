package io.dorsal.discovery.metadata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds files byte by byte, inspects them and remembers the ranges that were read. */
final class SampleFile {

  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  final List<String> reads = new ArrayList<>();
  private final byte[] bytes;
  private final long size;

  SampleFile(byte[] bytes) {
    this(bytes, bytes.length);
  }

  /** A file whose bytes beyond those given are zero. */
  SampleFile(byte[] bytes, long size) {
    this.bytes = bytes;
    this.size = size;
  }

  static Inspection inspect(String path, byte[] bytes) throws IOException {
    return new SampleFile(bytes).inspect(path);
  }

  Inspection inspect(String path) throws IOException {
    return new MetadataReader(CLOCK).inspect(path, size, FileClass.of(path), this::read);
  }

  private byte[] read(long offset, int length) {
    reads.add(offset + "+" + length);
    int wanted = (int) Math.max(0, Math.min(length, size - offset));
    byte[] range = new byte[wanted];
    if (offset < bytes.length) {
      int here = (int) Math.min(wanted, bytes.length - offset);
      System.arraycopy(bytes, (int) offset, range, 0, here);
    }
    return range;
  }

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A JPEG of the given segments, a frame header, and some scan data. */
  static byte[] jpeg(int width, int height, byte[]... segments) {
    byte[] frame =
        segment(
            0xC0,
            new byte[] {
              8, (byte) (height >> 8), (byte) height, (byte) (width >> 8), (byte) width, 1, 1, 17, 0
            });
    return SampleTiff.join(
        latin("\u00ff\u00d8"),
        SampleTiff.join(segments),
        frame,
        segment(0xDA, new byte[] {1, 1, 0, 0, 63, 0}),
        new byte[200],
        latin("\u00ff\u00d9"));
  }

  static byte[] segment(int marker, byte[] body) {
    ByteBuffer out = ByteBuffer.allocate(body.length + 4);
    out.put((byte) 0xFF).put((byte) marker).putShort((short) (body.length + 2)).put(body);
    return out.array();
  }

  static byte[] exif(SampleTiff tiff) {
    return segment(0xE1, SampleTiff.join(latin("Exif\0\0"), tiff.build()));
  }

  static byte[] xmp(String packet) {
    return segment(0xE1, SampleTiff.join(latin("http://ns.adobe.com/xap/1.0/\0"), utf8(packet)));
  }

  /** A segment with a part of an extended XMP packet. */
  static byte[] extension(String digest, long total, long offset, byte[] part) {
    ByteBuffer numbers = ByteBuffer.allocate(8).putInt((int) total).putInt((int) offset);
    byte[] head = latin("http://ns.adobe.com/xmp/extension/\0" + digest);
    return segment(0xE1, SampleTiff.join(head, numbers.array(), part));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Wraps properties into an XMP packet with all namespaces. */
  static String packet(String attributes, String elements) {
    return """
        <?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>
        <x:xmpmeta xmlns:x='adobe:ns:meta/'>
        <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
        <rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'
         xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' xmlns:xmp='http://ns.adobe.com/xap/1.0/'
         xmlns:exif='http://ns.adobe.com/exif/1.0/' xmlns:aux='http://ns.adobe.com/exif/1.0/aux/'
         xmlns:tiff='http://ns.adobe.com/tiff/1.0/' xmlns:lr='http://ns.adobe.com/lightroom/1.0/'
         xmlns:xmpMM='http://ns.adobe.com/xap/1.0/mm/' xmlns:xmpNote='http://ns.adobe.com/xmp/note/'
         xmlns:Iptc4xmpCore='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/' %s>%s</rdf:Description>
        </rdf:RDF></x:xmpmeta><?xpacket end='w'?>"""
        .formatted(attributes, elements);
  }

  /** A Photoshop segment with IPTC records, given as number and text in turn. */
  static byte[] iptc(Object... records) {
    return segment(0xED, SampleTiff.join(latin("Photoshop 3.0\0"), resource(records)));
  }

  static byte[] resource(Object... records) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int i = 0; i < records.length; i += 2) {
      byte[] value = utf8((String) records[i + 1]);
      data.writeBytes(new byte[] {0x1C, 2, ((Integer) records[i]).byteValue()});
      data.writeBytes(new byte[] {(byte) (value.length >> 8), (byte) value.length});
      data.writeBytes(value);
    }
    ByteBuffer length = ByteBuffer.allocate(4).putInt(data.size());
    return SampleTiff.join(
        latin("8BIM\4\4\0\0"), length.array(), data.toByteArray(), new byte[data.size() & 1]);
  }

  /** A PNG that declares a size; no pixel of it is valid. */
  static byte[] png(int width, int height, byte[]... chunks) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8);
    return SampleTiff.join(
        latin("\u0089PNG\r\n\u001a\n"),
        chunk("IHDR", header.array()),
        SampleTiff.join(chunks),
        chunk("IDAT", new byte[100]),
        chunk("IEND", new byte[0]));
  }

  static byte[] chunk(String type, byte[] body) {
    CRC32 sum = new CRC32();
    sum.update(latin(type));
    sum.update(body);
    ByteBuffer out = ByteBuffer.allocate(body.length + 12);
    return out.putInt(body.length).put(latin(type)).put(body).putInt((int) sum.getValue()).array();
  }

  static byte[] deflate(byte[] data) {
    try (Deflater deflater = new Deflater(9)) {
      deflater.setInput(data);
      deflater.finish();
      byte[] out = new byte[data.length + 100];
      return Arrays.copyOf(out, deflater.deflate(out));
    }
  }

  /** A RIFF container of WebP chunks. */
  static byte[] webp(byte[]... chunks) {
    byte[] body = SampleTiff.join(latin("WEBP"), SampleTiff.join(chunks));
    return SampleTiff.join(latin("RIFF"), little(body.length), body);
  }

  static byte[] riff(String type, byte[] body) {
    return SampleTiff.join(latin(type), little(body.length), body, new byte[body.length & 1]);
  }

  static byte[] box(String type, byte[]... body) {
    byte[] all = SampleTiff.join(body);
    return SampleTiff.join(ByteBuffer.allocate(4).putInt(all.length + 8).array(), latin(type), all);
  }

  static byte[] little(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }
}
