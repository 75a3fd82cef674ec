package io.cairn.dht.sim;
