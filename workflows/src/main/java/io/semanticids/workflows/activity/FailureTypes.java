package io.semanticids.workflows.activity;

/** Types of application failures: what a person or a program can tell them apart by. */
public final class FailureTypes {
  /** The request is wrong; nothing was started. */
  public static final String INVALID_REQUEST = "InvalidRequest";

  /** The data is wrong; nothing was published. */
  public static final String INVALID_DATA = "InvalidData";

  /**
   * A store refuses, and will go on refusing: credentials, a bucket that is missing, a location
   * outside the roots.
   */
  public static final String ACCESS_DENIED = "AccessDenied";

  /** A checkpoint was altered after it was committed. */
  public static final String DAMAGED = "DamagedCheckpoint";

  /** No space is left where something was to be written. */
  public static final String STORE_FULL = "StoreFull";

  /** A store cannot do what was asked, and trying again does not help. */
  public static final String STORE = "StoreFailure";

  /** A program error that did not pass after a few attempts. */
  public static final String PROGRAM_ERROR = "ProgramError";

  /** The worker is shutting down and hands its task back; retried at once, elsewhere. */
  public static final String DRAINING = "WorkerDraining";

  /** This worker's device class is not the run's; another worker takes the task. */
  public static final String OTHER_DEVICE = "OtherDeviceClass";

  /** The worker's device no longer computes; the process is replaced, another takes the task. */
  public static final String DEVICE_POISONED = "DevicePoisoned";

  /** The device's memory does not hold the task, however small its batches. */
  public static final String DEVICE_MEMORY = "DeviceOutOfMemory";

  /** No worker answered on a task queue for the request's {@code queueTimeout}. */
  public static final String NO_WORKER = "NoWorker";

  private FailureTypes() {}

  /** Those that retrying cannot help. */
  public static String[] nonRetryable() {
    return new String[] {
      INVALID_REQUEST, INVALID_DATA, ACCESS_DENIED, DAMAGED, STORE_FULL, PROGRAM_ERROR
    };
  }
}
