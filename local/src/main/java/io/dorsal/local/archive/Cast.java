package io.dorsal.local.archive;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.dorsal.local.archive.Camera.SerialIn;
import java.util.List;

/** The people and cameras of the demo archive. */
final class Cast {

  private static final Camera R5 =
      new Camera(
          "Canon",
          "Canon EOS R5",
          "012021000417",
          "RF100-500mm F4.5-7.1 L IS USM",
          LITTLE_ENDIAN,
          2,
          true,
          SerialIn.EXIF,
          "IMG_",
          true);
  private static final Camera EOS_7D =
      new Camera(
          "Canon",
          "Canon EOS 7D",
          "1970613482",
          "EF100-400mm f/4.5-5.6L IS USM",
          LITTLE_ENDIAN,
          2,
          false,
          SerialIn.EXIF,
          "IMG_",
          true);
  private static final Camera D500 =
      new Camera(
          "NIKON CORPORATION",
          "NIKON D500",
          "6027411",
          "200.0-500.0 mm f/5.6",
          BIG_ENDIAN,
          2,
          false,
          SerialIn.MAKER_NOTE,
          "DSC_",
          true);
  private static final Camera Z9 =
      new Camera(
          "NIKON CORPORATION",
          "NIKON Z 9",
          "3010882",
          "NIKKOR Z 400mm f/4.5 VR S",
          BIG_ENDIAN,
          2,
          true,
          SerialIn.EXIF,
          "DSC_",
          true);
  private static final Camera E_M1 =
      new Camera(
          "OLYMPUS CORPORATION    ",
          "E-M1MarkII      ",
          "BHP207455",
          "OLYMPUS M.300mm F4.0",
          LITTLE_ENDIAN,
          0,
          false,
          SerialIn.EXIF,
          "P",
          true);
  private static final Camera A1 =
      new Camera(
          "SONY",
          "ILCE-1",
          "05510029",
          "FE 200-600mm F5.6-6.3 G OSS",
          LITTLE_ENDIAN,
          3,
          true,
          SerialIn.EXIF,
          "DSC0",
          false);
  private static final Camera K3 =
      new Camera(
          "PENTAX",
          "PENTAX K-3",
          "5123904",
          "HD PENTAX-DA 150-450mm",
          BIG_ENDIAN,
          0,
          false,
          SerialIn.EXIF,
          "IMGP",
          true);
  private static final Camera PHONE =
      new Camera(
          "Apple",
          "iPhone 14 Pro",
          null,
          "iPhone 14 Pro back camera 9mm f/2.8",
          BIG_ENDIAN,
          3,
          true,
          SerialIn.NOWHERE,
          "IMG_",
          true);

  static final List<Photographer> PHOTOGRAPHERS =
      List.of(
          new Photographer(
              "Anna Wright",
              "AW",
              "Anna Wright",
              null,
              "Anna Wright",
              FolderHabit.DATE_SITE,
              List.of(R5, PHONE),
              List.of(Places.STRAIT, Places.BIGHT, Places.PASS)),
          new Photographer(
              "Ben Wu",
              "BW",
              "BEN WU",
              "Ben Wu",
              null,
              FolderHabit.BY_PHOTOGRAPHER,
              List.of(D500),
              List.of(Places.PASS, Places.STRAIT, Places.BAY)),
          new Photographer(
              "Inés Robledo",
              "IR",
              "Inés Robledo",
              "I. Robledo",
              "Inés Robledo",
              FolderHabit.SITE_DATE,
              List.of(EOS_7D, R5),
              List.of(Places.VALDES)),
          new Photographer(
              "Tāne Parata",
              "TP",
              null,
              null,
              "Tāne Parata",
              FolderHabit.NAME_DATE,
              List.of(E_M1),
              List.of(Places.KAIKOURA, Places.FIJI)),
          new Photographer(
              "Joana Silveira",
              "JS",
              null,
              null,
              null,
              FolderHabit.CARD_DUMP,
              List.of(EOS_7D),
              List.of(Places.AZORES)),
          new Photographer(
              "Guðrún Jónsdóttir",
              "GJ",
              "Gudrun Jonsdottir",
              "Guðrún Jónsdóttir",
              null,
              FolderHabit.YEAR_MONTH,
              List.of(Z9, D500),
              List.of(Places.SKJALFANDI)),
          new Photographer(
              "Mike O'Leary",
              "MOL",
              "Mike O'Leary",
              null,
              null,
              FolderHabit.FILE_NAMES,
              List.of(A1),
              List.of(Places.BAY, Places.FIJI, Places.BIGHT)),
          new Photographer(
              "Sunita Gurung",
              "SG",
              "S. Gurung",
              "Sunita Gurung",
              "Sunita Gurung; Dorsal",
              FolderHabit.PROJECT,
              List.of(K3, PHONE),
              List.of(Places.CHITWAN)));

  private Cast() {}

  /** A camera that writes the given RAW format. */
  static Camera cameraFor(Kind raw) {
    return switch (raw) {
      case NEF -> D500;
      case ORF, ORF_FAR_EXIF -> E_M1;
      default -> R5;
    };
  }
}
