package io.semanticids.sid.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What becomes of one request to the store, or of all of a kind, on its way through a proxy. */
final class Fault {
  /** What happens to a request. */
  enum Kind {
    /** It waits before it reaches the store, which knows nothing of it. */
    HOLD_REQUEST,

    /** The store has done it; the answer waits. */
    HOLD_ANSWER,

    /** The answer comes a byte every few seconds: the connection lives, nothing gets done. */
    STARVE,

    /** All such requests are answered with 403, until the fault is over. */
    REFUSE
  }

  private final Kind kind;
  private final Pattern requests;
  private final CountDownLatch struck = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean dropped;
  private volatile @Nullable String worker;
  private volatile @Nullable String request;

  /**
   * @param requests "PUT /bucket/key": what must be found in it
   */
  Fault(Kind kind, String requests) {
    this.kind = kind;
    this.requests = Pattern.compile(requests);
  }

  Kind kind() {
    return kind;
  }

  /** Whether it strikes this request; but for refusals, the first one only. */
  synchronized boolean strikes(String by, String line) {
    if (over.getCount() == 0
        || !requests.matcher(line).find()
        || (kind != Kind.REFUSE && worker != null)) {
      return false;
    }
    worker = by;
    request = line;
    return true;
  }

  /** The fault has taken effect. */
  void struck() {
    struck.countDown();
  }

  /** Waits for that; returns the worker whose request it is. */
  String awaitStruck() {
    await(struck, Duration.ofMinutes(3), "no request was like " + requests);
    return String.valueOf(worker);
  }

  String request() {
    return String.valueOf(request);
  }

  /** Holds a connection until the fault is over; false if it is to be cut. */
  boolean hold() {
    await(over, Duration.ofMinutes(10), "nobody released " + request);
    return !dropped;
  }

  /** Whether the fault goes on; waits a while if it does. */
  boolean goesOn(Duration while_) throws InterruptedException {
    return !over.await(while_.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Things go on as if nothing had been. */
  void release() {
    over.countDown();
  }

  /** What was held is cut off. */
  void drop() {
    dropped = true;
    over.countDown();
  }

  private static void await(CountDownLatch latch, Duration limit, String otherwise) {
    try {
      if (!latch.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(otherwise + " until " + Instant.now());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
