package io.semanticids.balance;

import java.util.Arrays;

/**
 * Many pairing heaps of (key, item), least first, ties by item, in four growing arrays. A heap is
 * named by its root; -1 is the empty one.
 */
final class PairingHeaps {
  private int[] keys = new int[1 << 10];
  private int[] items = new int[1 << 10];
  private int[] children = new int[1 << 10];
  private int[] siblings = new int[1 << 10];
  private int used;
  private int free = -1;

  int key(int node) {
    return keys[node];
  }

  int item(int node) {
    return items[node];
  }

  /** The root after adding an entry to a heap. */
  int add(int root, int key, int item) {
    int node = free;
    if (node >= 0) {
      free = siblings[node];
    } else {
      node = used++;
      if (node == keys.length) {
        int length = Math.multiplyExact(2, node);
        keys = Arrays.copyOf(keys, length);
        items = Arrays.copyOf(items, length);
        children = Arrays.copyOf(children, length);
        siblings = Arrays.copyOf(siblings, length);
      }
    }
    keys[node] = key;
    items[node] = item;
    children[node] = -1;
    siblings[node] = -1;
    return meld(root, node);
  }

  /** The root after removing the least entry. */
  int removeLeast(int root) {
    int next = children[root];
    siblings[root] = free;
    free = root;
    int pairs = -1;
    while (next >= 0) {
      int first = next;
      int second = siblings[first];
      if (second < 0) {
        siblings[first] = pairs;
        pairs = first;
        break;
      }
      next = siblings[second];
      siblings[first] = -1;
      siblings[second] = -1;
      int melded = meld(first, second);
      siblings[melded] = pairs;
      pairs = melded;
    }
    int result = -1;
    while (pairs >= 0) {
      int following = siblings[pairs];
      siblings[pairs] = -1;
      result = meld(result, pairs);
      pairs = following;
    }
    return result;
  }

  private int meld(int a, int b) {
    if (a < 0) {
      return b;
    }
    if (b < 0) {
      return a;
    }
    boolean first = keys[a] < keys[b] || (keys[a] == keys[b] && items[a] <= items[b]);
    int parent = first ? a : b;
    int child = first ? b : a;
    siblings[child] = children[parent];
    children[parent] = child;
    return parent;
  }
}
