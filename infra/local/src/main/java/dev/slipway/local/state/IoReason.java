package dev.slipway.local.state;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something could not be read or written: many exceptions say on what only. */
public final class IoReason {

  private IoReason() {}

  /** The reason, in words, with the file it is about where the exception names one. */
  public static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException file -> file.getFile() + " is not there";
      case AccessDeniedException file -> "you may not use " + file.getFile();
      case FileAlreadyExistsException file -> file.getFile() + " is there already";
      case NotDirectoryException file -> file.getFile() + " is no folder";
      case DirectoryNotEmptyException file -> file.getFile() + " is not empty";
      case FileSystemException file when file.getReason() == null ->
          file.getFile() + " cannot be used";
      default -> e.getMessage() == null ? e.getClass().getName() : e.getMessage();
    };
  }
}
