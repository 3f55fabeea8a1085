package io.dorsal.local.archive;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The pool of image bodies: rendered once, when first asked for, by integer arithmetic alone, so
 * that equal numbers give equal bytes everywhere. Thread-safe; the arrays must not be changed.
 */
final class Pixels {

  /** How many different photographs there are. */
  static final int POOL = 96;

  /** An encoded image and its size. */
  static final class Body {
    private final int width;
    private final int height;
    private final byte[] bytes;

    Body(int width, int height, byte[] bytes) {
      this.width = width;
      this.height = height;
      this.bytes = bytes;
    }

    int width() {
      return width;
    }

    int height() {
      return height;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  private static final int[][] SIZES = {{480, 320}, {512, 384}, {600, 400}, {320, 480}, {540, 360}};
  private static final Map<String, byte[]> ENCODED = new ConcurrentHashMap<>();

  private Pixels() {}

  static Body jpeg(int number) {
    int n = Math.floorMod(number, POOL);
    int width = width(n);
    int height = height(n);
    return new Body(width, height, encoded("jpg", n, width, height));
  }

  static int width(int number) {
    return SIZES[Math.floorMod(number, POOL) % SIZES.length][0];
  }

  static int height(int number) {
    return SIZES[Math.floorMod(number, POOL) % SIZES.length][1];
  }

  /** A smaller body in another of ImageIO's formats. */
  static Body small(String format, int number) {
    return new Body(160, 120, encoded(format, Math.floorMod(number, 8), 160, 120));
  }

  /** Rows of RGB bytes, as TIFF strips hold them. */
  static byte[] rgb(int number, int width, int height) {
    String key = "rgb " + Math.floorMod(number, 8) + " " + width + "x" + height;
    return ENCODED.computeIfAbsent(key, k -> rows(Math.floorMod(number, 8), width, height));
  }

  /** Sensor readings, 16 bits each. */
  static byte[] sensor(int width, int height) {
    return ENCODED.computeIfAbsent(
        "raw " + width + "x" + height, k -> noise(7, width * height * 2));
  }

  static byte[] noise(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] encoded(String format, int number, int width, int height) {
    String key = format + " " + number + " " + width + "x" + height;
    return ENCODED.computeIfAbsent(key, k -> encode(format, draw(number, width, height)));
  }

  private static byte[] rows(int number, int width, int height) {
    BufferedImage image = draw(number, width, height);
    byte[] rgb = new byte[width * height * 3];
    for (int at = 0; at < width * height; at++) {
      int pixel = image.getRGB(at % width, at / width);
      rgb[at * 3] = (byte) (pixel >> 16);
      rgb[at * 3 + 1] = (byte) (pixel >> 8);
      rgb[at * 3 + 2] = (byte) pixel;
    }
    return rgb;
  }

  /** Sky, sea with grain, and a dorsal fin. */
  private static BufferedImage draw(int number, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    SplittableRandom grain = new SplittableRandom(number);
    int horizon = height * (30 + number % 30) / 100;
    int fin = width * (20 + number * 7 % 60) / 100;
    int tall = height * (15 + number % 25) / 100;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int above = horizon + height / 5 - y;
        boolean isFin =
            above > 0 && above < tall && Math.abs(x - fin - above / 3) < (tall - above) / 2;
        int noise = grain.nextInt(24);
        int red = isFin ? 20 : y < horizon ? 150 + number % 60 : 30;
        int green = isFin ? 22 : y < horizon ? 180 : 70 + number % 40;
        int blue = isFin ? 28 : y < horizon ? 215 : 100 + (y - horizon) * 60 / height;
        image.setRGB(x, y, (red + noise) << 16 | (green + noise) << 8 | (blue + noise));
      }
    }
    return image;
  }

  private static byte[] encode(String format, BufferedImage image) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    ImageWriter writer = writers.next();
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (format.equals("jpg")) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(0.82f);
      }
      writer.write(null, new IIOImage(image, null, null), settings);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
  }
}
